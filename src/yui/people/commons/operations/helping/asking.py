"""Enters a request to a person and tells him: the part that asking by hand and by the clock share."""

from typing import Any

from yui.kernel.calendar_jp import now
from yui.kernel.links import urn
from yui.kernel.notices.public import notify
from yui.people.commons.models import HelpRequest, Question
from yui.people.commons.operations.telling import ASKED, KIND


def enter_request(question: Question, user: int, reasons: list[dict[str, Any]]) -> HelpRequest:
    """Keep a request and tell the person, who was found among the readers of the question."""
    request = HelpRequest.objects.create(question=question, user_id=user, reasons=reasons, asked_at=now())
    notify(
        [user],
        kind=ASKED,
        title=f"「{question.title}」への回答を頼まれました",
        url=question.get_absolute_url(),
        urn=urn(KIND, question.pk),
        organisation=question.organisation,
    )
    return request
