"""What a reader of the queue asks for, read from an address."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Self

from yui.security.soc.models import AlertState, Level

OPEN = "open"
STATES = (OPEN, *AlertState.values)
SPANS: dict[str, timedelta] = {
    "1h": timedelta(hours=1),
    "8h": timedelta(hours=8),
    "24h": timedelta(hours=24),
    "7d": timedelta(days=7),
    "30d": timedelta(days=30),
}
_LONGEST_SEARCH = 100
_TECHNIQUE = re.compile(r"T[0-9]{4}(\.[0-9]{3})?")


@dataclass(frozen=True)
class QueueConditions:
    """The conditions; an empty value (or None) asks for nothing.

    Attributes:
        state: ``open`` (what nobody closed), ``new``, ``working`` or ``closed``.
        level: one level.
        ward: code of a ward.
        rule: key of a rule.
        technique: an ATT&CK technique, its sub-techniques included.
        mine: only what is in the reader's hands.
        confidentiality: 機密性 of the system touched, 1 to 3.
        span: last seen within this time (``SPANS``).
        text: the beginning of a host or an account, or words of a rule's title.
    """

    state: str = OPEN
    level: int | None = None
    ward: str = ""
    rule: int | None = None
    technique: str = ""
    mine: bool = False
    confidentiality: int | None = None
    span: str = ""
    text: str = ""

    @classmethod
    def of(cls, query: Mapping[str, Any]) -> Self:
        """Return the conditions of an address; what is unknown or wrong in it asks for nothing."""
        state, span = str(query.get("state", "")), str(query.get("span", ""))
        technique = str(query.get("technique", "")).strip().upper()
        level = _number(query.get("level"))
        secrecy = _number(query.get("confidentiality"))
        return cls(
            state=state if state in STATES else OPEN,
            level=level if level in Level.values else None,
            ward=str(query.get("ward", ""))[:12],
            rule=_number(query.get("rule")),
            technique=technique if _TECHNIQUE.fullmatch(technique) else "",
            mine=query.get("mine") == "1",
            confidentiality=secrecy if secrecy in (1, 2, 3) else None,
            span=span if span in SPANS else "",
            text=str(query.get("q", "")).replace("\0", "").strip()[:_LONGEST_SEARCH],
        )

    def address(self, **changes: Any) -> dict[str, str]:
        """Return the parameters that ask for these conditions, with some of them changed."""
        wanted = replace(self, **changes)
        values = {
            "state": "" if wanted.state == OPEN else wanted.state,
            "level": "" if wanted.level is None else str(wanted.level),
            "ward": wanted.ward,
            "rule": "" if wanted.rule is None else str(wanted.rule),
            "technique": wanted.technique,
            "mine": "1" if wanted.mine else "",
            "confidentiality": "" if wanted.confidentiality is None else str(wanted.confidentiality),
            "span": wanted.span,
            "q": wanted.text,
        }
        return {name: value for name, value in values.items() if value}


def _number(value: Any) -> int | None:
    """Return a whole number that a key can be, or None."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
