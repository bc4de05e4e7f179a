"""Which system of the registry an event concerns."""

import re
from collections.abc import Mapping

_FIRST_LABEL = re.compile(r"[^.\\/@]+")
_LAST_PART = re.compile(r"[\W_]+[^\W_]*\Z")


def system_code(codes: Mapping[str, str], *, hint: str, host: str) -> str:
    """Return the code of the system concerned, or an empty text.

    A hint that is a code decides. Else the host's name does: its first label is a system's code or name, or
    begins with one and goes on with a sign that is neither letter nor digit (``MN-001-DB2`` is of
    ``MN-001``); of several the longest wins.

    Args:
        codes: every code and name of the ward's systems, case-folded, to the code as written.
        hint: what the sender is bound to.
        host: the computer's name as the event spells it.
    """
    if found := codes.get(hint.casefold()):
        return found
    label = _FIRST_LABEL.search(host)
    name = label.group().casefold() if label else ""
    while name:
        if found := codes.get(name):
            return found
        shorter = _LAST_PART.sub("", name)
        name = shorter if shorter != name else ""
    return ""
