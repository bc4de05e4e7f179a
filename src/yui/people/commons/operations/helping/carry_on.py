"""Carry a question on to whoever can still help: one stage of the watch."""

from collections.abc import Sequence

from yui.kernel.calendar_jp import now, today
from yui.kernel.operations import operation, record_nothing
from yui.kernel.policy import Actor, PermissionRefused, Verb
from yui.kernel.policy.checkpoint import mark_checked
from yui.people.commons.models import Question, WatchStage, WatchStep
from yui.people.commons.operations.helping.asking import enter_request
from yui.people.commons.operations.opening_posts import opening_post
from yui.people.commons.operations.telling import WATCHED, notify_readers, tell
from yui.people.commons.policies import secretariat
from yui.people.commons.queries.helping.askable_people import ASKED, helpers_for
from yui.people.commons.queries.helping.turns import turn_of_week
from yui.people.commons.queries.helping.watching import WHY, people_of, watched

_SENTENCES = {
    WatchStage.HELPERS: "への回答を、答えられそうな人に頼みました。",
    WatchStage.MENTOR: "を今週の相談役に引き継ぎました。",
    WatchStage.COORDINATOR: "を運営に引き継ぎました。",
    WatchStage.NUDGE: "が解決したかを、質問した人に聞きました。",
}


@operation("commons.question.carry_on")
def carry_on(actor: Actor, *, question: int, stage: WatchStage) -> bool:
    """Do what is due for one question, once per stage; return whether anything was done.

    What happened since the list was made counts: an answered question is left alone.

    Raises:
        PermissionRefused: when anybody but the installation itself asks.
    """
    if not actor.is_system:
        raise PermissionRefused(actor, Verb.ADMINISTER)
    mark_checked()
    found = watched().filter(pk=question).select_for_update(of=("self",)).first()
    waits = found is not None and (stage == WatchStage.NUDGE) == (found.first_answer_at is not None)
    if found is None or not waits or _is_done(found, stage):
        record_nothing("answered, settled or carried on meanwhile")
        return False
    WatchStep.objects.create(question=found, stage=stage, at=now())
    _tell_people(actor, found, stage)
    tell(found, _SENTENCES[stage])
    return True


def _is_done(question: Question, stage: WatchStage) -> bool:
    return bool(WatchStep.objects.unscoped(WHY).filter(question=question, stage=stage).exists())


def _tell_people(actor: Actor, question: Question, stage: WatchStage) -> None:
    title = f"回答を待っています: 「{question.title}」"
    match stage:
        case WatchStage.HELPERS:
            for helper in helpers_for(question, ASKED):
                enter_request(question, helper.user.pk, helper.reasons)
        case WatchStage.MENTOR:
            turn = turn_of_week(today())
            _tell_or_moderators(actor, question, [turn.mentor_id] if turn else [], title)
        case WatchStage.COORDINATOR:
            _tell_or_moderators(actor, question, people_of(secretariat(), Verb.EDIT), title)
        case WatchStage.NUDGE:
            opening = opening_post(question)
            hidden = getattr(opening, "hidden_author", None)
            asker = hidden.user_id if hidden else opening.author_id
            words = f"「{question.title}」は解決しましたか。役に立った回答を教えてください"
            notify_readers(actor, question, [asker], kind=WATCHED, title=words)


def _tell_or_moderators(actor: Actor, question: Question, people: Sequence[int | None], title: str) -> None:
    """Tell those of the people who may see the question; where none may, the ward's own administrators."""
    if not notify_readers(actor, question, people, kind=WATCHED, title=title):
        own = people_of(question.organisation, Verb.ADMINISTER)
        notify_readers(actor, question, own, kind=WATCHED, title=title)
