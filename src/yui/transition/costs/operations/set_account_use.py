"""Saying whether an account is used alone or together."""

from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.transition.costs.models import AccountUse


@operation("costs.account_use.set")
def set_account_use(
    actor: Actor, *, organisation: Organisation, provider: str, account: str, use_form: str
) -> AccountUse:
    """Keep the 利用方式 of a billing account.

    Raises:
        PermissionRefused: when the actor may not edit the organisation's records.
        ValidationError: for an unknown 利用方式.
    """
    require(actor, Verb.EDIT, organisation)
    uses = AccountUse.objects.owned_by(organisation)
    known = uses.filter(provider=provider, account=account).first()
    use = known or AccountUse(organisation=organisation, provider=provider, account=account)
    before = use.use_form
    if known and before == use_form:
        record_nothing("the account is said to be used so already")
        return use
    use.use_form = use_form
    use.full_clean()
    use.save()
    record(
        organisation,
        subject=urn("costs.account_use", use.pk),
        summary=f"{provider} {account} を{use.get_use_form_display()}としました",
        changes={"use_form": [before, use_form]},
    )
    return use
