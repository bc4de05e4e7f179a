"""Tactics, techniques and where they stand in the matrix."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Tactic(NamedTuple):
    """One column of the matrix: the name in rules, the public id, and its names."""

    code: str
    identifier: str
    english: str
    japanese: str


class Technique(NamedTuple):
    """One technique; ``tactics`` is empty for a sub-technique, which stands with its parent."""

    identifier: str
    tactics: tuple[str, ...]
    name: str


TACTICS = (
    Tactic("reconnaissance", "TA0043", "Reconnaissance", "偵察"),
    Tactic("resource-development", "TA0042", "Resource Development", "攻撃の準備"),
    Tactic("initial-access", "TA0001", "Initial Access", "初期侵入"),
    Tactic("execution", "TA0002", "Execution", "実行"),
    Tactic("persistence", "TA0003", "Persistence", "永続化"),
    Tactic("privilege-escalation", "TA0004", "Privilege Escalation", "権限の昇格"),
    Tactic("stealth", "TA0005", "Stealth", "隠れる"),
    Tactic("defense-impairment", "TA0112", "Defense Impairment", "守りの妨害"),
    Tactic("credential-access", "TA0006", "Credential Access", "認証情報の窃取"),
    Tactic("discovery", "TA0007", "Discovery", "探索"),
    Tactic("lateral-movement", "TA0008", "Lateral Movement", "横への展開"),
    Tactic("collection", "TA0009", "Collection", "収集"),
    Tactic("command-and-control", "TA0011", "Command and Control", "指令との通信"),
    Tactic("exfiltration", "TA0010", "Exfiltration", "持ち出し"),
    Tactic("impact", "TA0040", "Impact", "破壊・妨害"),
)
OLD_TACTICS = {"defense-evasion": "stealth"}
SUCCESSORS: Mapping[str, str] = {
    "T1562": "T1685",
    "T1562.001": "T1685",
    "T1562.002": "T1685.001",
    "T1562.003": "T1690",
    "T1562.004": "T1686",
    "T1562.006": "T1685",
    "T1562.007": "T1686.001",
    "T1562.008": "T1685.002",
    "T1562.009": "T1688",
    "T1562.010": "T1689",
    "T1562.012": "T1685.004",
    "T1562.013": "T1686.002",
    "T1656": "T1684.001",
    "T1672": "T1684.002",
    "T1070.001": "T1685.005",
    "T1070.002": "T1685.006",
}
"""Ids withdrawn by version 19, and what they became."""


@cache
def _table() -> dict[str, Technique]:
    text = files(__package__).joinpath("techniques.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {
        identifier: Technique(identifier, tuple(tactics.split()), name) for identifier, tactics, name in rows
    }


def techniques() -> tuple[Technique, ...]:
    """Return the techniques without their sub-techniques, by id."""
    return tuple(one for one in _table().values() if one.tactics)


def technique(identifier: str) -> Technique | None:
    """Return a technique or sub-technique by its id, also by a withdrawn one; None for unknown ones."""
    folded = identifier.upper()
    return _table().get(SUCCESSORS.get(folded, folded))


def parent_of(identifier: str) -> str:
    """Return the id of the technique to which an id belongs, a withdrawn one's successor's."""
    folded = identifier.upper()
    return SUCCESSORS.get(folded, folded).partition(".")[0]
