"""One question of every kind for a ward alone, with what hangs on it; and a turn that all wards see."""

import io
from datetime import timedelta

from yui.kernel.attachments.keeping import keep_upload
from yui.kernel.calendar_jp import now, today
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.actors import actor_of
from yui.organisations.models import User
from yui.people.commons.models import (
    CommonsIntake,
    Disclosure,
    HelpRequest,
    MentorTurn,
    Post,
    PostFile,
    PostKind,
    PostReport,
    Question,
)
from yui.people.commons.operations.answer_question import answer_question
from yui.people.commons.operations.ask_question import QuestionFacts, ask_question
from yui.people.commons.operations.comment_post import comment_post
from yui.people.commons.operations.edit_post import edit_post
from yui.people.commons.operations.moderate import hide_post
from yui.people.commons.operations.posting import Writing
from yui.people.commons.operations.solve_question import solve_question

_OF_QUESTION = (
    "question", "answer", "spared", "solve", "reopen", "withdraw", "follow", "ask-for-help", "decline",
    "duplicate",
)  # fmt: skip
_OF_POST = ("comment", "edit", "post-history", "thank", "report", "act")
ADDRESSES = {
    **{f"commons:{name}.pk": "commons_question" for name in _OF_QUESTION},
    **{f"commons:{name}.pk": "commons_post" for name in _OF_POST},
    "api:create_answer.question_id": "commons_question",
    "api:get_question.question_id": "commons_question",
    "api:solve.question_id": "commons_question",
    "commons:decide.pk": "commons_disclosure",
    "commons:file.pk": "commons_file",
    "commons:intake-report.pk": "commons_intake",
    "commons:intake.pk": "commons_intake",
}
"""Parameters of addresses that name a record, with the key of the record."""

SHARED_ADDRESSES = {"commons:turn-name.pk": "commons_turn"}
"""Parameters that name what every ward sees."""

FOR_EVERY_MEMBER = {
    "api:create_answer": "whoever works here may answer",
    "api:create_question": "whoever works here may ask",
    "commons:answer": "whoever works here may answer",
    "commons:ask": "whoever works here may ask",
    "commons:ask-for-help": "whoever works here may ask a colleague to look",
    "commons:comment": "whoever works here may comment",
    "commons:decline": "whoever was asked may decline",
    "commons:feed": "whoever works here may follow a tag",
    "commons:follow": "whoever works here may follow a question",
    "commons:helping": "whoever works here says how he wants to be asked",
    "commons:question": "whoever works here may thank, follow and answer",
    "commons:report": "whoever works here may tell the moderators",
    "commons:spared": "whoever works here may say that he need not ask",
    "commons:thank": "whoever works here may thank",
}
"""Addresses by which also those write who only read elsewhere."""


def make_commons_records(ward: Organisation, secret: str, officer: User) -> dict[str, int | str]:
    """Make an open question with its parts, a solved one, a hidden one, and what moderators deal with."""
    actor = actor_of(officer)
    question = _asked(actor, ward, f"{secret}の質問", secret)
    opening = Post.objects.owned_by(ward).get(question=question)
    kept = keep_upload(io.BytesIO(secret.encode()), name=f"{secret}.txt")
    edit_post(actor, post=opening.pk, revision=1, body=f"{secret}を直した本文", files=[kept])
    writing = Writing(body=f"{secret}の回答", posted_for=ward)
    answer = answer_question(actor, question=question.pk, writing=writing)
    comment_post(actor, post=answer.pk, writing=Writing(body=f"{secret}のコメント", posted_for=ward))
    solve_question(actor, question=_asked(actor, ward, f"{secret}の解決した質問", secret).pk)
    hidden = _asked(actor, ward, f"{secret}の非表示の質問", secret)
    hide_post(Actor.system("walk"), post=_opening_of(hidden), reason=f"{secret}の理由")
    PostReport.objects.create(post=answer, reason=f"{secret}の通報", by=officer, at=now())
    HelpRequest.objects.create(question=question, user=officer, reasons=[], asked_at=now())
    wish = Disclosure.objects.create(
        post=opening, reason=f"{secret}の求め", requested_by=officer, requested_at=now()
    )
    intake = CommonsIntake.objects.create(
        organisation=ward, format="slack", file_name=f"{secret}.zip", by=officer, at=now()
    )
    return {
        "commons_question": question.pk,
        "commons_post": opening.pk,
        "commons_file": PostFile.objects.owned_by(ward).get(post=opening).pk,
        "commons_disclosure": wish.pk,
        "commons_intake": intake.pk,
        "commons_turn": _turn().pk,
    }


def _asked(actor: Actor, ward: Organisation, title: str, secret: str) -> Question:
    facts = QuestionFacts(title=title, visibility=Visibility.OWN, tags=[secret])
    return ask_question(actor, facts=facts, writing=Writing(body=f"{secret}の本文", posted_for=ward))


def _opening_of(question: Question) -> int:
    return Post.objects.unscoped("walk").get(question=question, kind=PostKind.QUESTION).pk


def _turn() -> MentorTurn:
    """Return this week's turn, made once; whose it is, is for all to know."""
    monday = today() - timedelta(days=today().weekday())
    third = Organisation.objects.get(code="131016")
    turn, _is_new = MentorTurn.objects.unscoped("walk").get_or_create(
        starts_on=monday, defaults={"organisation": third, "visibility": Visibility.WARDS}
    )
    return turn
