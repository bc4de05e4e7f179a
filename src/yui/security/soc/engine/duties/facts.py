"""What goes into the question of duties, and what comes out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Words(NamedTuple):
    """A text in both languages."""

    ja: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the text for a reader of ``language`` (``ja``, ``en-gb`` …)."""
        return self.en if language.startswith("en") else self.ja


class DutyCode(StrEnum):
    """One paper (or notice) to one authority."""

    EXECUTIVES = "executives"
    PPC_PRELIMINARY = "ppc_preliminary"
    PPC_FINAL = "ppc_final"
    PEOPLE_CONCERNED = "people_concerned"
    NCO_FORM = "nco_form"
    TOKYO_AND_MIC = "tokyo_and_mic"
    J_LIS = "j_lis"
    DIGITAL_AGENCY = "digital_agency"
    POLICE = "police"


class Nature(StrEnum):
    """Where a duty comes from, and so how much room it leaves."""

    LAW = "law"
    REQUEST = "request"
    OWN_PLAN = "own_plan"


@dataclass(frozen=True, kw_only=True)
class DutyCase:
    """The facts of one round of an incident on which duties depend.

    Attributes:
        category: the incident's category, as the record stores it.
        detected_at: when it was detected; aware.
        declared_at: when it was declared an incident, None while it is not.
        leak_known_at: when the ward knew of a leak, or that one is to be feared; None counts as detected.
        leaked_people: people whose data leaked or may have; None is unknown, zero means that no data leaked.
        touches_lgwan: whether an affected system stands in the LGWAN zone.
        touches_government_cloud: whether an affected system runs in ガバメントクラウド.
    """

    category: str
    detected_at: datetime
    declared_at: datetime | None = None
    leak_known_at: datetime | None = None
    leaked_people: int | None = None
    involves_sensitive: bool = False
    involves_ordinance: bool = False
    involves_my_number: bool = False
    risks_property: bool = False
    wrongful_purpose: bool = False
    touches_lgwan: bool = False
    touches_government_cloud: bool = False
    is_exercise: bool = False


@dataclass(frozen=True, kw_only=True)
class DutyFact:
    """One duty as the facts have it.

    Attributes:
        due_at: the last moment; None where the rule says only "without delay".
        warn_at: from when people are to be reminded.
        basis: law and article, or the plan that says so.
        applies: whether the facts call for it.
        why: the facts that call for it, or why they do not.
    """

    code: DutyCode
    authority: Words
    title: Words
    nature: Nature
    due_at: datetime | None
    warn_at: datetime | None
    basis: Words
    applies: bool
    why: Words
