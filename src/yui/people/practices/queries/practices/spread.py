"""Where a practice spread, and what it brought in each ward."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from yui.kernel.charts import Tile, TileMap
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.practices.models import (
    IN_USE_STATES,
    Adoption,
    AdoptionEffect,
    AdoptionState,
    AdoptionStep,
    Figured,
    Practice,
    PracticeEffect,
)

ORIGIN_LEVEL = 4
LEVELS = {
    AdoptionState.DISCONTINUED: 0,
    AdoptionState.DECLINED: 0,
    AdoptionState.CONSIDERING: 1,
    AdoptionState.TRIAL: 2,
    AdoptionState.INTRODUCED: 3,
    AdoptionState.MEASURED: 3,
    AdoptionState.ESTABLISHED: 4,
}
"""How dark each state is on the map of the wards."""


@dataclass(frozen=True)
class Compared:
    """One ward's figure beside the origin's."""

    ward: Organisation
    is_origin: bool
    figure: Figured
    share: Decimal | None
    url: str


@dataclass(frozen=True)
class Comparison:
    """One effect in the ward of origin and in those that adopted it."""

    name: str
    unit: str
    rows: tuple[Compared, ...]


def adoptions_of(actor: Actor, practice: Practice) -> list[Adoption]:
    """Return the adoptions of a practice that the reader sees, ward by ward, the latest of a ward first."""
    adoptions = Adoption.objects.visible_to(actor).filter(practice=practice)
    return list(
        adoptions.select_related("ward", "version", "practice").order_by(
            "ward__sort_order", "-begun_on", "-pk"
        )
    )


def reasons_of(actor: Actor, adoptions: Sequence[Adoption]) -> dict[int, str]:
    """Return the last words on each adoption (by its key): the reason where it ended."""
    steps = AdoptionStep.objects.visible_to(actor).filter(adoption__in=[each.pk for each in adoptions])
    return {step.adoption_id: step.note for step in steps.order_by("pk")}


def spread_map(practice: Practice, adoptions: Sequence[Adoption]) -> TileMap:
    """Return the map of the wards with how far each has come; the ward of origin is marked."""
    latest: dict[int, Adoption] = {}
    for adoption in adoptions:
        latest.setdefault(adoption.ward_id, adoption)
    wards = list(Organisation.objects.wards())
    tiles = tuple(_tile(ward, practice, latest.get(ward.pk)) for ward in wards)
    using = [each for each in latest.values() if each.state in IN_USE_STATES]
    return TileMap(
        title=_("広がり"),
        tiles=tiles,
        value_label=_("状態"),
        level_texts=(_("中止・見送り"), _("検討中"), _("試行"), _("導入"), _("定着・もとの区")),
        finding=_("%(using)s区が使っています(動きのある区 %(all)s)。")
        % {"using": len(using), "all": len(latest)},
    )


def _tile(ward: Organisation, practice: Practice, adoption: Adoption | None) -> Tile:
    if ward.pk == practice.organisation_id:
        return Tile(ward.code, ward.name, _("もとの区"), ORIGIN_LEVEL)
    if adoption is None:
        return Tile(ward.code, ward.name, _("なし"), None)
    state = AdoptionState(adoption.state)
    return Tile(ward.code, ward.name, str(state.label), LEVELS[state], url=adoption.get_absolute_url())


def comparisons(
    actor: Actor, practice: Practice, effects: Sequence[PracticeEffect], adoptions: Sequence[Adoption]
) -> list[Comparison]:
    """Return each effect of the origin with the adopters' beside it, then those that only adopters found."""
    own = AdoptionEffect.objects.visible_to(actor).filter(adoption__in=[each.pk for each in adoptions])
    by_key = {each.pk: each for each in adoptions}
    found: dict[UUID, list[Compared]] = {}
    for effect in effects:
        url = practice.get_absolute_url()
        found[effect.lineage] = [Compared(practice.organisation, True, effect, share_of(effect), url)]
    for figure in own.order_by("adoption__ward__sort_order", "pk"):
        adoption = by_key[figure.adoption_id]
        found.setdefault(figure.lineage, []).append(
            Compared(adoption.ward, False, figure, share_of(figure), adoption.get_absolute_url())
        )
    return [
        Comparison(rows[0].figure.name, str(rows[0].figure.get_unit_display()), tuple(rows))
        for rows in found.values()
    ]


def share_of(figure: Figured) -> Decimal | None:
    """Return the change in percent of the value before, None where that was zero."""
    if not figure.before:
        return None
    return (Decimal(figure.after) - figure.before) * 100 / figure.before
