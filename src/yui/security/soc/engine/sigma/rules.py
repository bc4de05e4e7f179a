"""A Sigma rule as the rest of the SOC knows it."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from yui.security.soc.engine.records import LogSource
from yui.security.soc.engine.sigma.nodes import Node

_TECHNIQUE = re.compile(r"attack\.(t\d{4}(?:\.\d{3})?)", re.IGNORECASE)


@dataclass(frozen=True)
class Rule:
    """One rule that can be evaluated.

    Attributes:
        id: the rule's own identifier; where it has none, one made from its text.
        title: its title.
        level: ``informational``, ``low``, ``medium``, ``high``, ``critical``, or empty where it says none.
        status: ``stable``, ``test``, ``experimental``, ``deprecated``, ``unsupported``, or empty.
        author: who wrote it. The Detection Rule License 1.1 asks that this is shown with every match.
        licence: the rule's own ``license``, else the licence of its pack, else empty.
        description: what it looks for.
        tags: ``attack.t1059.001``, ``cve.2021-44228``, …
        references: addresses of what it is based on.
        falsepositives: what else may look so.
        fields: fields that an analyst wants to see.
        logsource: where its events come from, in Sigma's words.
        name: the name by which correlation rules refer to it; may be empty.
        source: the YAML document.
        sha256: hash of the text it was read from, hexadecimal.
        place: the file it was read from.
        tree: what it tests.
    """

    id: str
    title: str
    level: str
    status: str
    author: str
    licence: str
    description: str
    tags: tuple[str, ...]
    references: tuple[str, ...]
    falsepositives: tuple[str, ...]
    fields: tuple[str, ...]
    logsource: LogSource
    name: str
    source: str = field(repr=False)
    sha256: str
    place: str
    tree: Node = field(repr=False, compare=False)

    @property
    def techniques(self) -> tuple[str, ...]:
        """The MITRE ATT&CK techniques among the tags, as ``T1059.001``."""
        return tuple(found[1].upper() for tag in self.tags if (found := _TECHNIQUE.fullmatch(tag)))


class Unsupported(NamedTuple):
    """A rule that cannot be evaluated, and why (Japanese and English)."""

    id: str
    place: str
    reason: str


@dataclass(frozen=True)
class RuleFilter:
    """A Sigma filter document: what is to be taken out of the rules it names (Sigma filters specification
    2.1).
    """

    logsource: LogSource
    rules: tuple[str, ...] | None
    tree: Node


@dataclass(frozen=True)
class ParsedText:
    """What one file holds."""

    rules: tuple[Rule, ...] = ()
    filters: tuple[RuleFilter, ...] = ()
    correlations: tuple[str, ...] = ()
    unsupported: tuple[Unsupported, ...] = ()


def digest(text: str) -> str:
    """Return the hash under which a file's rules are known."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
