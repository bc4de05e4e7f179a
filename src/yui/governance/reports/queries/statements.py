"""What the rooms say for a report: of a month as of now, of a year as the months' reports told it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from yui.governance.reports.engine.content import printable
from yui.governance.reports.models import Audience, Edition, ReportKind
from yui.governance.reports.queries.readers import scope_of
from yui.kernel.calendar_jp import Month
from yui.kernel.explanations.registry import Topic, ask_rooms
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

YEARLY_WEIGHT = 60
"""A change that a monthly report told is repeated in the annual report from this weight on."""


@dataclass(frozen=True)
class Told:
    """Statements as the content holds them, and the titles of rooms whose explanation failed."""

    statements: list[dict[str, Any]]
    silent: list[str]


def told_now(actor: Actor, organisation: Organisation, month: Month) -> Told:
    """Ask every room about a month, in the active language."""
    said = ask_rooms(actor, scope_of(organisation), month)
    return Told(
        [
            {
                "link": statement.url,
                "room": str(room.title),
                "text": printable(statement.text),
                "topic": statement.topic.value,
                "weight": statement.weight,
            }
            for room, statement in said.statements
        ],
        sorted({str(room.title) for room in said.silent}),
    )


def told_in_months(
    actor: Actor, organisation: Organisation, months: Sequence[Month]
) -> dict[Month, dict[str, Any]]:
    """Return the contents of the newest council editions of the months' reports, oldest month first."""
    found = (
        Edition.objects.visible_to(actor)
        .filter(
            audience=Audience.COUNCIL,
            report__organisation=organisation,
            report__kind=ReportKind.MONTHLY,
            report__first_day__in=[month.first_day for month in months],
        )
        .order_by("report__first_day", "number")
        .values_list("report__first_day", "content")
    )
    return {Month.of(first_day): json.loads(content) for first_day, content in found}


def changes_of_year(contents: dict[Month, dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """Return the changes of weight that the months' reports told, each with its month before it."""
    return [
        statement | {"text": f"{month.label}: {statement['text']}"}
        for month, content in contents.items()
        for statement in content["languages"][language]["statements"]
        if statement["topic"] == Topic.CHANGE and statement["weight"] >= YEARLY_WEIGHT
    ]
