"""The way of a proposal: its stages as a strip, and what was done as lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from yui.kernel.policy import Actor
from yui.people.practices.engine.proposal_states import ENDED, MAIN_ROAD, Stage
from yui.people.practices.models import Proposal, ProposalStage, ProposalStep
from yui.people.practices.policies_proposals import is_author


@dataclass(frozen=True)
class StripStage:
    """One stage in the strip: ``state`` is done, now or coming; ``on`` the day on which it began."""

    title: Any
    state: str
    on: date | None = None


@dataclass(frozen=True)
class WayLine:
    """One thing that was done; ``name`` is empty where it is hidden or the installation did it."""

    title: Any
    words: str
    name: str
    is_hidden: bool
    at: datetime


def steps_of(actor: Actor, proposal: Proposal) -> list[ProposalStep]:
    """Return what was done with a proposal, oldest first."""
    return list(ProposalStep.objects.visible_to(actor).filter(proposal=proposal).select_related("by"))


def strip_of(proposal: Proposal, steps: Iterable[ProposalStep]) -> list[StripStage]:
    """Return the stages of a proposal: those behind it, the one it is in, and those that may come."""
    reached = {Stage(step.stage): localtime(step.at).date() for step in steps}
    now = Stage(proposal.stage)
    road = list(MAIN_ROAD)
    if proposal.outcome:
        road[road.index(Stage.ADOPTED)] = Stage(proposal.outcome)
    if now not in road:
        passed = [place for place, stage in enumerate(road) if stage in reached]
        road.insert(max(passed, default=0) + 1, now)
    here = road.index(now)
    if now in ENDED:
        road = road[: here + 1]
    return [
        StripStage(
            ProposalStage(stage.value).label,
            "now" if place == here else "done" if place < here else "coming",
            (proposal.entered_on if place == here else reached.get(stage)) if place <= here else None,
        )
        for place, stage in enumerate(road)
    ]


def lines_of(actor: Actor, proposal: Proposal, steps: Iterable[ProposalStep]) -> list[WayLine]:
    """Return what was done, newest first; while authors are hidden, their steps name nobody to others."""
    hides = proposal.hides_authors and not (actor.is_system or is_author(actor, proposal))
    lines = []
    for step in steps:
        is_hidden = hides and step.is_by_author
        name = "" if is_hidden or step.by is None else step.by.name
        lines.append(WayLine(step.get_kind_display(), step.words, name, is_hidden, step.at))
    return lines[::-1]
