"""What proposals that were carried out save, as far as it was measured."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import Period
from yui.kernel.measures.counting import WHY, keys_of, ward_keys
from yui.kernel.measures.registry import BulkKey, measure
from yui.kernel.measures.values import (
    DeferredEvidence,
    EvidenceColumn,
    Measure,
    MeasureScope,
    QuerySetEvidence,
    Unit,
)
from yui.people.practices.models import MEASURED_GRADES, EffectPhase, ProposalEffect

Worth = Callable[[ProposalEffect], Decimal | None]


def _effects_of(period: Period) -> dict[int, ProposalEffect]:
    """Return, for each proposal first measured within a period, the newest look at it up to the end.

    Estimates are no measurements and are left out.
    """
    effects = ProposalEffect.objects.unscoped(WHY).filter(
        grade__in=MEASURED_GRADES, measured_on__lt=period.end
    )
    begun = effects.filter(phase=EffectPhase.FIRST, measured_on__gte=period.start).values("proposal_id")
    looked = effects.filter(proposal_id__in=begun).select_related("proposal").order_by("measured_on", "pk")
    return {effect.proposal_id: effect for effect in looked}


def _sums(
    scopes: Sequence[MeasureScope], periods: Sequence[Period], unit: Unit, worth: Worth
) -> Mapping[BulkKey, Measure]:
    """Add up what the effects of many scopes and periods are worth."""
    wards = ward_keys()
    found: dict[BulkKey, Measure] = {}
    for period in periods:
        known = [
            (effect, value) for effect in _effects_of(period).values() if (value := worth(effect)) is not None
        ]
        for scope in scopes:
            inside = set(keys_of(scope, wards))
            mine = [each for each in known if each[0].proposal.organisation_id in inside]
            if mine:
                found[scope, period] = _sum_of(mine, unit)
    return found


def _sum_of(mine: Sequence[tuple[ProposalEffect, Decimal]], unit: Unit) -> Measure:
    total = sum((value for _effect, value in mine), Decimal(0))
    once = sum(effect.yen_once or 0 for effect, _value in mine)
    note = ""
    if unit is Unit.YEN and once:
        note = translated("1年あたりの額です。ほかに一時の削減が%(yen)s円あります。") % {"yen": f"{once:,}"}
    keys = [effect.pk for effect, _value in mine]
    return Measure(
        total,
        unit,
        total,
        None,
        DeferredEvidence(lambda: _effect_evidence(keys)),
        note=note,
        records=len(mine),
    )


def _effect_evidence(keys: Sequence[int]) -> QuerySetEvidence:
    effects = ProposalEffect.objects.unscoped(WHY).filter(pk__in=keys)
    return QuerySetEvidence(
        effects.select_related("proposal__organisation").order_by("measured_on", "pk"),
        (
            EvidenceColumn("ward", _("区")),
            EvidenceColumn("number", _("番号")),
            EvidenceColumn("title", _("件名")),
            EvidenceColumn("measured", _("測った日")),
            EvidenceColumn("grade", _("測り方")),
            EvidenceColumn("hours", _("時間の削減(時間/年)")),
            EvidenceColumn("yen", _("経費の削減(円/年)")),
        ),
        _cells,
        lambda effect: effect.proposal.get_absolute_url(),
    )


def _cells(effect: ProposalEffect) -> tuple[str, ...]:
    return (
        effect.proposal.organisation.name,
        effect.proposal.number,
        effect.proposal.title,
        effect.measured_on.isoformat(),
        str(effect.get_grade_display()),
        f"{effect.hours:,.1f}" if effect.hours is not None else "",
        f"{effect.yen_yearly:,}" if effect.yen_yearly is not None else "",
    )


@measure(code="practices.measured_hours", title=_("改善提案で減った時間(1年あたり)"), unit=Unit.HOURS)
def measured_hours(scope: MeasureScope, period: Period) -> Measure | None:
    """Hours a year saved by proposals whose effect was first measured within the period; estimates left out.

    The newest measurement up to the period's end counts: a confirmation after six or twelve months replaces
    the figure before it.
    """
    return measured_hours_bulk([scope], [period]).get((scope, period))


@measured_hours.bulk
def measured_hours_bulk(
    scopes: Sequence[MeasureScope], periods: Sequence[Period]
) -> Mapping[BulkKey, Measure]:
    """Add the hours up for many scopes and periods."""
    return _sums(scopes, periods, Unit.HOURS, lambda effect: effect.hours)


@measure(code="practices.measured_yen", title=_("改善提案で減った経費(1年あたり)"), unit=Unit.YEN)
def measured_yen(scope: MeasureScope, period: Period) -> Measure | None:
    """Yen a year saved by proposals whose effect was first measured within the period; estimates left out.

    What is saved once is told in the note.
    """
    return measured_yen_bulk([scope], [period]).get((scope, period))


@measured_yen.bulk
def measured_yen_bulk(scopes: Sequence[MeasureScope], periods: Sequence[Period]) -> Mapping[BulkKey, Measure]:
    """Add the yen up for many scopes and periods."""

    def worth(effect: ProposalEffect) -> Decimal | None:
        return Decimal(effect.yen_yearly) if effect.yen_yearly is not None else None

    return _sums(scopes, periods, Unit.YEN, worth)
