"""手順書: playbooks as data, one TOML file for each kind of incident, in Japanese and English.

Each step says who does what within which hour, counted from detection or declaration. Files are read when the
package is first used; one that breaks the rules below stops Yui from starting, since it is part of the code.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
PHASES = ("triage", "contain", "report", "eradicate", "recover", "review")
ROLES = ("soc", "csirt", "commander", "owner", "executives", "contractor", "privacy", "public_relations")
STARTS = ("detected", "declared")


class PlaybookWrong(ValueError):
    """A playbook file breaks a rule; the message names file, step and rule."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what}")


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Attributes:
        code: its name within the playbook.
        phase: one of ``PHASES``.
        role: who does it, one of ``ROLES``.
        within_hours: by when, counted from ``counted_from``.
        counted_from: ``detected`` or ``declared``.
        is_required: whether the incident cannot close before it is done or declined with a reason.
        ja, en: the words.
    """

    code: str
    phase: str
    role: str
    within_hours: float
    counted_from: str
    is_required: bool
    ja: str
    en: str

    def words(self, language: str) -> str:
        """Return the step in the reader's language."""
        return self.en if language.startswith("en") else self.ja


@dataclass(frozen=True)
class Playbook:
    """The steps for one kind of incident, in order."""

    code: str
    ja: str
    en: str
    categories: tuple[str, ...]
    steps: tuple[Step, ...]

    def title(self, language: str) -> str:
        """Return the title in the reader's language."""
        return self.en if language.startswith("en") else self.ja


def read_playbook(name: str, text: str) -> Playbook:
    """Return the playbook of a TOML text.

    Raises:
        PlaybookWrong: naming what is missing, unknown or repeated.
    """
    try:
        data = tomllib.loads(text)
        steps = tuple(_step(name, row) for row in data["steps"])
        playbook = Playbook(name, data["ja"], data["en"], tuple(data["categories"]), steps)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise PlaybookWrong(name, f"not readable: {error!r}") from error
    codes = [step.code for step in playbook.steps]
    repeated = sorted({code for code in codes if codes.count(code) > 1})
    if repeated or not codes:
        raise PlaybookWrong(name, f"steps repeated or missing: {', '.join(repeated)}")
    return playbook


def _step(name: str, row: dict[str, Any]) -> Step:
    step = Step(
        row["code"],
        row["phase"],
        row["role"],
        float(row["within_hours"]),
        row.get("from", "detected"),
        bool(row.get("required", False)),
        row["ja"],
        row["en"],
    )
    for value, known in ((step.phase, PHASES), (step.role, ROLES), (step.counted_from, STARTS)):
        if value not in known:
            raise PlaybookWrong(name, f"{step.code}: {value!r} is none of {', '.join(known)}")
    return step


@cache
def playbooks() -> dict[str, Playbook]:
    """Return every playbook by its code, the general one last."""
    found = [
        read_playbook(path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))
    ]
    return {each.code: each for each in sorted(found, key=lambda each: (not each.categories, each.code))}


def playbook_for(category: str) -> Playbook:
    """Return the playbook of a category of incident, the general one where it has none of its own."""
    found = playbooks()
    return next((each for each in found.values() if category in each.categories), found["general"])


def step_of(name: str) -> Step | None:
    """Return the step ``playbook.step`` by its full name, None where no playbook has it (any more)."""
    book, _dot, code = name.partition(".")
    playbook = playbooks().get(book)
    return next((step for step in playbook.steps if step.code == code), None) if playbook else None
