"""Entering an exchange rate."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import Month
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation, OrganisationKind, Visibility
from yui.transition.costs.models import ExchangeRate


@operation("costs.rate.set")
def set_exchange_rate(
    actor: Actor,
    *,
    organisation: Organisation,
    currency: str,
    month: Month,
    yen_per_unit: Decimal,
    source: str,
) -> ExchangeRate:
    """Set how many yen one unit of ``currency`` counts in the bills of ``month``, for all organisations.

    Args:
        organisation: the joint body that answers for the rate and whose ledger remembers it; a rate moves
            the figures of every ward, so no single ward sets it.

    Raises:
        PermissionRefused: when the actor may not edit the joint body's records.
        ValidationError: for a ward, for yen, and for a rate that is not positive or too precise.
    """
    require(actor, Verb.EDIT, organisation)
    if organisation.kind != OrganisationKind.JOINT_BODY:
        raise ValidationError(_("為替レートは全区の数字を動かすので、共同体の職員だけが入力できます。"))
    if currency == "JPY":
        raise ValidationError({"currency": _("円に為替レートは要りません。")})
    rate = ExchangeRate.objects.filter(currency=currency, month=str(month)).first()
    before = rate.yen_per_unit if rate else None
    if rate and (rate.yen_per_unit, rate.source) == (yen_per_unit, source):
        record_nothing("the rate says so already")
        return rate
    rate = rate or ExchangeRate(currency=currency, month=str(month))
    rate.yen_per_unit, rate.source, rate.set_by = yen_per_unit, source, actor.name
    rate.full_clean()
    rate.save()
    record(
        organisation,
        subject=urn("costs.rate", rate.pk),
        summary=f"{month} の為替レートを 1 {currency} = {yen_per_unit} 円にしました({source})",
        changes={"yen_per_unit": [before, yen_per_unit]},
        visibility=Visibility.WARDS,
    )
    return rate
