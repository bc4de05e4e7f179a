"""What people state about an incident: groups of its fields that are changed together."""

from dataclasses import dataclass
from datetime import datetime

from yui.kernel.operations.facts import Facts
from yui.security.soc.models import Tlp


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
