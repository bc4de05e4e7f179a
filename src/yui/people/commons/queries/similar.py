"""Questions like one in the making."""

from dataclasses import dataclass

from yui.kernel.links import kind_and_id
from yui.kernel.policy import Actor
from yui.kernel.search.public import SearchHit, similar
from yui.people.commons.models import Question

KIND = "commons.question"
SHOWN = 5
_ASKED = 15
LEAST = 2
"""A title of fewer characters resembles everything."""


@dataclass(frozen=True)
class SimilarQuestion:
    """A question that may have the answer already."""

    question: Question
    hit: SearchHit


def similar_questions(
    actor: Actor, title: str, body: str = "", *, exclude: int | None = None
) -> list[SimilarQuestion]:
    """Return up to five questions like the words, solved ones first; never refuses, never blocks.

    Similarity of words finds, it does not judge: no threshold told the same question from another one
    reliably, so that these are offers only.
    """
    if len(title.strip()) < LEAST:
        return []
    without = (f"yui:{KIND}:{exclude}",) if exclude else ()
    hits = similar(actor, f"{title}\n{body}", kinds=(KIND,), limit=_ASKED, exclude=without)
    keys = {int(kind_and_id(hit.urn)[1]): hit for hit in hits}
    known = Question.objects.visible_to(actor).shown().in_bulk(list(keys))
    found = [SimilarQuestion(known[key], hit) for key, hit in keys.items() if key in known]
    return sorted(found, key=lambda one: not one.question.is_solved)[:SHOWN]
