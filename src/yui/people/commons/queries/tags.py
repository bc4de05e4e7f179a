"""The tags that a reader meets, with how many questions each stands on."""

from dataclasses import dataclass

from django.db.models import Count

from yui.kernel.policy import Actor
from yui.people.commons.models import Question

MOST = 500


@dataclass(frozen=True)
class TagCount:
    """A tag, and the number of questions that the reader may see with it."""

    name: str
    questions: int


def tags_for(actor: Actor) -> list[TagCount]:
    """Return the most used tags of the questions that the actor may see."""
    seen = Question.objects.visible_to(actor).shown()
    rows = Question.tags.through.objects.filter(question__in=seen).values_list("tag__name")
    counted = rows.annotate(number=Count("pk")).order_by("-number", "tag__key")[:MOST]
    return [TagCount(name, number) for name, number in counted]
