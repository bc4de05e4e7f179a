"""What the page of a practice shows one reader."""

from dataclasses import dataclass

from yui.kernel.policy import Actor
from yui.people.practices.models import (
    SECTIONS,
    Practice,
    PracticeEffect,
    PracticeVersion,
    VersionStage,
)


@dataclass(frozen=True)
class Section:
    """A section of a text: its name in code, its heading, its Markdown."""

    name: str
    title: str
    text: str


@dataclass(frozen=True)
class Reading:
    """The version that a reader sees, and the one that is under work if he may see it."""

    version: PracticeVersion
    next_version: PracticeVersion | None
    effects: tuple[PracticeEffect, ...]

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections in which something is written."""
        return tuple(section for section in sections_of(self.version) if section.text.strip())


def sections_of(version: PracticeVersion) -> tuple[Section, ...]:
    """Return all sections of a version in reading order."""
    return tuple(
        Section(name, str(version._meta.get_field(name).verbose_name), getattr(version, name))  # type: ignore[union-attr]
        for name in SECTIONS
    )


def reading_of(actor: Actor, practice: Practice) -> Reading:
    """Return what the reader sees: the published version, before that the one under work."""
    versions = list(
        PracticeVersion.objects.visible_to(actor)
        .filter(practice=practice)
        .select_related("reviewed_by", "reviewing_ward", "made_by")
    )
    unfinished = next((each for each in versions if each.stage != VersionStage.PUBLISHED), None)
    shown = next((each for each in versions if each.pk == practice.current_id), unfinished)
    assert shown is not None, "a practice that can be seen has a version that can be seen"
    return Reading(shown, unfinished if shown is not unfinished else None, effects_of(actor, shown))


def effects_of(actor: Actor, version: PracticeVersion) -> tuple[PracticeEffect, ...]:
    """Return the figures of a version that the reader may see."""
    return tuple(PracticeEffect.objects.visible_to(actor).filter(version=version).order_by("position", "pk"))
