"""Proposing what 対歳出比率 is to mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import Month
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, OrganisationKind, Visibility
from yui.transition.costs.engine.rows import exact_text
from yui.transition.costs.facts import CostCategory
from yui.transition.costs.models import RatioDefinition


@dataclass(frozen=True)
class RatioFields:
    """What a definition says; ``base_rates`` are yen for one unit, ``agreed_level`` is in percent."""

    valid_from: Month
    statement: str
    categories: Sequence[str]
    one_off_categories: Sequence[str]
    base_fiscal_year: int
    base_rates: Mapping[str, Decimal]
    agreed_level: Decimal | None
    completed_on: date | None
    completion_rule: str


def key_of(actor: Actor) -> str:
    """Return what tells two people apart even when they share a name."""
    return actor.name if actor.user_id is None else f"user:{actor.user_id}"


@operation("costs.definition.propose")
def define_ratio(actor: Actor, *, organisation: Organisation, fields: RatioFields) -> RatioDefinition:
    """Record a new version of the definition; it counts once another person has approved it.

    Raises:
        PermissionRefused: when the actor may not edit the joint body's records.
        ValidationError: for a ward, unknown or no categories, and rates or a level that are not positive.
    """
    require(actor, Verb.EDIT, organisation)
    if organisation.kind != OrganisationKind.JOINT_BODY:
        raise ValidationError(_("定義は全区の数字を動かすので、共同体の職員だけが提案できます。"))
    _check(fields)
    newest = RatioDefinition.objects.unscoped("versions count over all joint bodies").aggregate(
        newest=Max("version")
    )["newest"]
    made = RatioDefinition(
        organisation=organisation,
        visibility=Visibility.WARDS,
        version=(newest or 0) + 1,
        valid_from=str(fields.valid_from),
        statement=fields.statement.strip(),
        categories=_in_order(fields.categories),
        one_off_categories=_in_order(fields.one_off_categories),
        base_fiscal_year=fields.base_fiscal_year,
        base_rates={currency: exact_text(rate) for currency, rate in sorted(fields.base_rates.items())},
        agreed_level=fields.agreed_level,
        completed_on=fields.completed_on,
        completion_rule=fields.completion_rule,
        proposed_by=actor.name,
        proposed_by_key=key_of(actor),
    )
    made.full_clean(exclude=["one_off_categories"])
    made.save()
    record(
        organisation,
        subject=urn("costs.definition", made.pk),
        summary=f"対歳出比率の定義 第{made.version}版を提案しました({made.valid_from}から)",
        data={"categories": made.categories, "base_rates": made.base_rates},
        visibility=Visibility.WARDS,
    )
    return made


def _check(fields: RatioFields) -> None:
    known = set(CostCategory.values)
    if not fields.categories or not {*fields.categories, *fields.one_off_categories} <= known:
        raise ValidationError({"categories": _("数える経費区分を1つ以上選んでください。")})
    if set(fields.categories) <= set(fields.one_off_categories):
        raise ValidationError({"one_off_categories": _("一時的でない経費区分が1つ以上いります。")})
    for currency, rate in fields.base_rates.items():
        if rate <= 0 or currency == "JPY":
            raise ValidationError({"base_rates": _("基準のレートは、外貨1単位あたりの正の円で書きます。")})


def _in_order(categories: Sequence[str]) -> list[str]:
    return [code for code in CostCategory.values if code in set(categories)]
