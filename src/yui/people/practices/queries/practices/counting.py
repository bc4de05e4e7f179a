"""What figures are counted from: registrations, adoptions and the savings that were measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from yui.kernel.measures.counting import WHY
from yui.kernel.measures.values import Evidence, EvidenceColumn, JoinedEvidence, QuerySetEvidence
from yui.kernel.scope.models import Organisation
from yui.people.practices.models import (
    IN_USE_STATES,
    MEASURED_GRADES,
    Adoption,
    AdoptionEffect,
    Practice,
    PracticeEffect,
    PracticeKind,
    PracticeState,
)

PRACTICE_COLUMNS = (
    EvidenceColumn("ward", _("区")),
    EvidenceColumn("title", _("題名")),
    EvidenceColumn("kind", _("結果")),
    EvidenceColumn("registered", _("登録した日")),
)
ADOPTION_COLUMNS = (
    EvidenceColumn("ward", _("導入する区")),
    EvidenceColumn("title", _("題名")),
    EvidenceColumn("of_ward", _("書いた区")),
    EvidenceColumn("state", _("状態")),
    EvidenceColumn("introduced", _("導入した日")),
)
EFFECT_COLUMNS = (
    EvidenceColumn("ward", _("区")),
    EvidenceColumn("title", _("題名")),
    EvidenceColumn("effect", _("何の効果か")),
    EvidenceColumn("before", _("変える前")),
    EvidenceColumn("after", _("変えたあと")),
    EvidenceColumn("grade", _("測り方の確かさ")),
    EvidenceColumn("measured", _("測った日")),
)


@dataclass(frozen=True)
class Registered:
    """A practice that was registered: its ward, the day, whether it worked, and when another ward used it."""

    key: int
    ward: int
    on: date
    succeeded: bool
    first_used_on: date | None


@dataclass(frozen=True)
class MeasuredSaving:
    """A measured figure: whose, when, and what it saves in a year."""

    key: int
    ward: int
    is_origin: bool
    on: date
    hours: Decimal | None
    yen: Decimal | None


def registered_practices() -> list[Registered]:
    """Return every registration, also of practices withdrawn since; two queries."""
    first: dict[int, date] = {}
    used = Adoption.objects.unscoped(WHY).filter(introduced_on__isnull=False).order_by()
    for practice, day in used.values_list("practice_id", "introduced_on"):
        first[practice] = min(first.get(practice, day), day)
    rows = Practice.objects.unscoped(WHY).filter(registered_at__isnull=False).order_by("pk")
    return [
        Registered(key, ward, localtime(at).date(), kind == PracticeKind.SUCCESS, first.get(key))
        for key, ward, at, kind in rows.values_list("pk", "organisation_id", "registered_at", "kind")
    ]


def introductions() -> list[tuple[int, int, date]]:
    """Return key, adopting ward and day of every introduction."""
    rows = Adoption.objects.unscoped(WHY).filter(introduced_on__isnull=False).order_by("pk")
    return list(rows.values_list("pk", "ward_id", "introduced_on"))


def measured_savings() -> list[MeasuredSaving]:
    """Return the measured figures of published practices and of adoptions in use; estimates are left out."""
    origins = PracticeEffect.objects.unscoped(WHY).filter(
        grade__in=MEASURED_GRADES,
        version__practice__state=PracticeState.PUBLISHED,
        version__practice__kind=PracticeKind.SUCCESS,
        version_id=F("version__practice__current_id"),
    )
    own = AdoptionEffect.objects.unscoped(WHY).filter(
        grade__in=MEASURED_GRADES, adoption__state__in=IN_USE_STATES
    )
    found = [
        _saving(effect, effect.version.practice.organisation_id, is_origin=True)
        for effect in origins.select_related("version__practice")
    ]
    return found + [
        _saving(effect, effect.adoption.ward_id, is_origin=False) for effect in own.select_related("adoption")
    ]


def _saving(effect: Any, ward: int, *, is_origin: bool) -> MeasuredSaving:
    saving = effect.saving
    return MeasuredSaving(effect.pk, ward, is_origin, effect.measured_on, saving.hours, saving.yen)


def practice_evidence(keys: Sequence[int]) -> QuerySetEvidence:
    """Return the practices behind a figure."""

    def cells(practice: Practice) -> tuple[str, ...]:
        day = f"{localtime(practice.registered_at):%Y-%m-%d}" if practice.registered_at else ""
        return (practice.organisation.name, practice.title, str(practice.get_kind_display()), day)

    practices = Practice.objects.unscoped(WHY).filter(pk__in=keys).select_related("organisation")
    return QuerySetEvidence(
        practices.order_by("organisation__sort_order", "registered_at", "pk"),
        PRACTICE_COLUMNS,
        cells,
        Practice.get_absolute_url,
    )


def adoption_evidence(keys: Sequence[int]) -> QuerySetEvidence:
    """Return the adoptions behind a figure."""

    def cells(adoption: Adoption) -> tuple[str, ...]:
        day = adoption.introduced_on.isoformat() if adoption.introduced_on else ""
        state = str(adoption.get_state_display())
        return (adoption.ward.name, adoption.practice.title, adoption.of_ward.name, state, day)

    adoptions = Adoption.objects.unscoped(WHY).filter(pk__in=keys)
    return QuerySetEvidence(
        adoptions.select_related("ward", "of_ward", "practice").order_by(
            "ward__sort_order", "introduced_on", "pk"
        ),
        ADOPTION_COLUMNS,
        cells,
        Adoption.get_absolute_url,
    )


def saving_evidence(savings: Sequence[MeasuredSaving]) -> Evidence:
    """Return the figures behind a sum: those of the wards of origin, then those of the adopters."""
    origins = PracticeEffect.objects.unscoped(WHY).filter(
        pk__in=[each.key for each in savings if each.is_origin]
    )
    own = AdoptionEffect.objects.unscoped(WHY).filter(
        pk__in=[each.key for each in savings if not each.is_origin]
    )
    return JoinedEvidence(
        (
            QuerySetEvidence(
                origins.select_related("version__practice__organisation").order_by(
                    "version__practice__organisation__sort_order", "pk"
                ),
                EFFECT_COLUMNS,
                lambda effect: _figure_cells(
                    effect, effect.version.practice.organisation, effect.version.practice
                ),
                lambda effect: effect.version.practice.get_absolute_url(),
            ),
            QuerySetEvidence(
                own.select_related("adoption__ward", "adoption__practice").order_by(
                    "adoption__ward__sort_order", "pk"
                ),
                EFFECT_COLUMNS,
                lambda effect: _figure_cells(effect, effect.adoption.ward, effect.adoption.practice),
                lambda effect: effect.adoption.get_absolute_url(),
            ),
        )
    )


def _figure_cells(effect: Any, ward: Organisation, practice: Practice) -> tuple[str, ...]:
    unit = effect.get_unit_display()
    return (
        ward.name,
        practice.title,
        effect.name,
        f"{effect.before:,} {unit}",
        f"{effect.after:,} {unit}",
        str(effect.get_grade_display()),
        effect.measured_on.isoformat() if effect.measured_on else "",
    )
