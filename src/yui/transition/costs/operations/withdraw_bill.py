"""Taking a bill back."""

from django.utils import timezone

from yui.kernel.lake.publishing import withdraw
from yui.kernel.links import urn
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require
from yui.transition.costs.models import BillImport, BillPart
from yui.transition.costs.operations.roll_up import forget


@operation("costs.bill.withdraw")
def withdraw_bill(actor: Actor, *, bill: BillImport, because: str) -> BillImport:
    """Let every row of ``bill`` stop counting, for a stated reason; the record and the file stay.

    A bill that it had taken the place of does not come back by itself: import that file again.

    Raises:
        PermissionRefused: when the actor may not import for the bill's organisation.
        ValidationError: without a reason.
    """
    require(actor, Verb.IMPORT, bill.organisation)
    bill = BillImport.objects.owned_by(bill.organisation).select_for_update().get(pk=bill.pk)
    if not bill.is_standing:
        record_nothing("the bill was withdrawn before")
        return bill
    bill.withdrawn_at, bill.withdrawn_because = timezone.now(), because.strip()
    BillImport._meta.get_field("withdrawn_because").clean(bill.withdrawn_because or None, bill)
    bill.save(update_fields=["withdrawn_at", "withdrawn_because", "updated_at"])
    live = BillPart.objects.owned_by(bill.organisation).filter(bill=bill, superseded_at__isnull=True)
    forget(live, bill.organisation)
    live.update(superseded_at=bill.withdrawn_at)
    withdraw(bill.batch)
    record(
        bill.organisation,
        subject=urn("costs.bill", bill.pk),
        summary=f"{bill.file_name} を取り消しました({bill.withdrawn_because})",
        changes={"withdrawn_because": ["", bill.withdrawn_because]},
    )
    return bill
