"""What a syslog message of a known program says."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import re2

from yui.security.soc.engine.ocsf.tables import message_patterns


class _Pattern(NamedTuple):
    expression: Any
    activity: str
    status: int


@cache
def _patterns() -> Mapping[str, tuple[_Pattern, ...]]:
    return {
        group: tuple(
            _Pattern(re2.compile(entry["pattern"]), entry["activity"], entry["status"]) for entry in entries
        )
        for group, entries in message_patterns().items()
    }


def with_message(group: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """``fields`` and, under names that begin with ``@``, what the message says (user, src_ip, status …)."""
    known = dict(fields)
    message = fields.get("message")
    if isinstance(message, str):
        for pattern in _patterns().get(group, ()):
            found = pattern.expression.search(message[:4096])
            if found:
                known.update({f"@{name}": text for name, text in found.groupdict().items() if text})
                known["@activity"] = pattern.activity
                known["@status"] = pattern.status
                break
    return known
