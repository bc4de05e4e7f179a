"""What people state about an incident."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Self

from yui.security.soc.models import Incident, Tlp


@dataclass(frozen=True, kw_only=True)
class Facts:
    """A group of fields of an incident that are changed together."""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Return the names of the fields."""
        return tuple(field.name for field in fields(cls))

    @classmethod
    def of(cls, incident: Incident) -> Self:
        """Return the facts as they are recorded."""
        return cls(**{name: getattr(incident, name) for name in cls.names()})

    def values(self) -> dict[str, Any]:
        """Return the facts by name."""
        return {name: getattr(self, name) for name in self.names()}


@dataclass(frozen=True, kw_only=True)
class CaseFacts(Facts):
    """What the incident is."""

    title: str
    category: str
    summary: str = ""
    tlp: str = Tlp.AMBER.value
    is_exercise: bool = False


@dataclass(frozen=True, kw_only=True)
class PersonalDataFacts(Facts):
    """What is known of leaked personal data; ``leaked_people`` None is unknown, zero means none."""

    leaked_people: int | None = None
    leak_known_at: datetime | None = None
    involves_sensitive: bool = False
    involves_ordinance: bool = False
    involves_my_number: bool = False
    risks_property: bool = False
    wrongful_purpose: bool = False


@dataclass(frozen=True, kw_only=True)
class ReportFacts(Facts):
    """What reports to authorities ask for, in words; empty is 調査中."""

    leaked_items: str = ""
    cause: str = ""
    technique: str = ""
    secondary_damage: str = ""
    response_to_people: str = ""
    publication: str = ""
    prevention: str = ""


@dataclass(frozen=True, kw_only=True)
class SeverityFacts(Facts):
    """深刻度評価: the three views, each 0 to 4; the highest counts."""

    severity_continuity: int
    severity_safety: int
    severity_trust: int

    @property
    def severity(self) -> int:
        """The level that counts."""
        return max(self.severity_continuity, self.severity_safety, self.severity_trust)
