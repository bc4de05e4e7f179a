"""What people state about challenges, initiatives, evidence and links, before it is stored."""

from dataclasses import dataclass
from datetime import date

MOST_EVIDENCE = 30
"""Pieces of evidence that one challenge or initiative may have: more are not read."""


@dataclass(frozen=True)
class ChallengeFacts:
    """One challenge; ``pillars`` holds the numbers of the 支援策 that it concerns."""

    code: str
    title: str
    whose: str
    pillars: tuple[int, ...]
    statement: str = ""
    harm_if_left: str = ""
    title_en: str = ""
    visibility: str = "wards"
    position: int = 100
    is_quoted: bool = False


@dataclass(frozen=True)
class EvidenceFacts:
    """One piece of evidence."""

    kind: str
    title: str
    figure: str = ""
    statement: str = ""
    publisher: str = ""
    addresses: str = ""
    published_on: date | None = None
    is_quoted: bool = False
    series_code: str = ""
    area_code: str = ""
    urn: str = ""


@dataclass(frozen=True)
class InitiativeFacts:
    """One initiative."""

    code: str
    pillar: int
    title: str
    statement: str = ""
    title_en: str = ""
    department: str = ""
    set_code: str = ""
    option_code: str = ""
    visibility: str = "wards"
    position: int = 100
    is_quoted: bool = False


@dataclass(frozen=True)
class Ends:
    """The two ends of an arrow: keys of a challenge and an initiative, codes of indicators.

    A challenge with an initiative, an initiative with a target, or a source with a target; nothing else.
    """

    challenge: int | None = None
    initiative: int | None = None
    source: str = ""
    target: str = ""


@dataclass(frozen=True)
class LinkFacts:
    """Why an arrow is believed, and on what it stands."""

    assumption: str = ""
    strength: str = "none"
    basis: str = ""
    is_quoted: bool = False
