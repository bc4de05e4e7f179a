"""The conditions of the queue as links: what is set, and what a reader sets most."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.security.soc.models import AlertState, DetectionRule, Level
from yui.security.soc.queries.alerts.conditions import OPEN, QueueConditions
from yui.security.soc.queries.alerts.queue import capped_count, groups_meeting, shown_count

SPAN_WORDS = {
    "1h": gettext_lazy("1時間以内"),
    "8h": gettext_lazy("8時間以内"),
    "24h": gettext_lazy("24時間以内"),
    "7d": gettext_lazy("7日以内"),
    "30d": gettext_lazy("30日以内"),
}


@dataclass(frozen=True)
class ConditionChip:
    """A condition as a link; ``is_set`` with ``url`` leading to the queue without it."""

    label: str
    url: str
    is_set: bool = False


def state_chips(
    actor: Actor, conditions: QueueConditions, wards: Sequence[Organisation]
) -> list[ConditionChip]:
    """Return the states, with how many wait and how many are the reader's."""
    chips = []
    for state, word in ((OPEN, _("未完了")), *((s.value, str(s.label)) for s in AlertState)):
        label = word
        if state == AlertState.NEW:
            label = f"{word} {_counted(actor, QueueConditions(state=state), wards)}"
        chips.append(ConditionChip(label, _address(conditions, state=state), conditions.state == state))
    mine = f"{_('自分の担当')} {_counted(actor, QueueConditions(mine=True), wards)}"
    chips.append(ConditionChip(mine, _address(conditions, mine=not conditions.mine), conditions.mine))
    return chips


def level_chips(conditions: QueueConditions) -> list[ConditionChip]:
    """Return the levels, the heaviest first; the one that is set leads back to all."""
    return [
        ConditionChip(
            str(level.label),
            _address(conditions, level=None if conditions.level == level else level.value),
            conditions.level == level,
        )
        for level in sorted(Level, reverse=True)
    ]


def set_chips(conditions: QueueConditions, rule: DetectionRule | None) -> list[ConditionChip]:
    """Return the conditions that are set by the form or by a link, each to be taken away."""
    chips = []
    if rule:
        chips.append(ConditionChip(f"{_('ルール')}: {rule.title}", _address(conditions, rule=None), True))
    if conditions.technique:
        label = f"ATT&CK: {conditions.technique}"
        chips.append(ConditionChip(label, _address(conditions, technique=""), True))
    if conditions.text:
        chips.append(ConditionChip(f"{_('検索')}: {conditions.text}", _address(conditions, text=""), True))
    return chips


def choices_of(wards: Sequence[Organisation]) -> dict[str, list[tuple[str, str]]]:
    """Return the choices of the form, for the wards that the reader may read."""
    return {
        "wards": [(ward.code, ward.name) for ward in wards if ward.is_ward],
        "confidentialities": [(str(n), _("機密性%(grade)s") % {"grade": n}) for n in (3, 2, 1)],
        "spans": [(code, str(word)) for code, word in SPAN_WORDS.items()],
    }


def _counted(actor: Actor, conditions: QueueConditions, wards: Sequence[Organisation]) -> str:
    number, is_more = shown_count(capped_count(groups_meeting(actor, conditions, wards)))
    return f"{number:,}+" if is_more else f"{number:,}"


def _address(conditions: QueueConditions, **changes: object) -> str:
    return f"?{urlencode(conditions.address(**changes))}"
