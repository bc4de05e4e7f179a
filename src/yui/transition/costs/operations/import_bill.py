"""Taking a converted bill into the records."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.publishing import publish, supersede
from yui.kernel.lake.staging import Staged
from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.rows import ConvertedBill, amounts_as_text
from yui.transition.costs.facts import CHARGES
from yui.transition.costs.models import BillImport, BillKind, BillPart
from yui.transition.costs.operations.roll_up import forget, roll_up
from yui.transition.costs.queries.rules import rules_of

KEPT_PROBLEMS = 100


@operation("costs.bill.import")
def import_bill(
    actor: Actor,
    *,
    organisation: Organisation,
    bill: ConvertedBill,
    staged: Sequence[Staged],
    file_name: str,
    sha256: str,
) -> BillImport:
    """Record a bill whose rows are staged in the lake, and put it in the place of what it corrects.

    What has the same provider, billing account and month is superseded: its rows stop counting, and both
    bills stay to be seen.

    Raises:
        PermissionRefused: when the actor may not import for the organisation.
        IntegrityError: when the same file stands already.
    """
    require(actor, Verb.IMPORT, organisation)
    months = sorted(share.month for share in bill.shares)
    taken = BillImport(
        organisation=organisation,
        batch=uuid4().hex,
        kind=bill.kind,
        version=bill.version,
        file_name=file_name,
        sha256=sha256,
        first_month=months[0],
        last_month=months[-1],
        rows_accepted=bill.rows_accepted,
        rows_rejected=bill.rows_rejected,
        billed=amounts_as_text(bill.billed),
        effective=amounts_as_text(bill.effective),
        problems=[problem.as_json() for problem in bill.problems[:KEPT_PROBLEMS]],
        notes=list(bill.notes),
        imported_by=actor.name,
    )
    taken.full_clean(exclude=["billed", "effective"])
    taken.save()
    replaced = [] if bill.kind == BillKind.COMMITMENT else _replaced_parts(organisation, bill)
    _supersede(organisation, replaced, taken)
    _add_parts(taken, bill)
    publish(staged, batch=taken.batch)
    if bill.kind != BillKind.COMMITMENT:
        roll_up(taken, rules_of(organisation))
    record(
        organisation,
        subject=urn("costs.bill", taken.pk),
        summary=_summary(taken, replaced),
        changes={f"請求額({currency})": [None, amount] for currency, amount in taken.billed.items()},
        data={
            "file": file_name,
            "sha256": sha256,
            "rows": taken.rows_accepted,
            "rejected": taken.rows_rejected,
            "replaced": [{"bill": part.bill_id, "month": part.month, "key": part.key} for part in replaced],
        },
    )
    return taken


def _replaced_parts(organisation: Organisation, bill: ConvertedBill) -> list[BillPart]:
    """Return the live parts of earlier bills that this bill corrects."""
    wanted = {(share.month, share.key) for share in bill.shares}
    live = (
        BillPart.objects.owned_by(organisation)
        .filter(superseded_at__isnull=True, month__in={month for month, _key in wanted})
        .exclude(bill__kind=BillKind.COMMITMENT)
        .select_related("bill")
    )
    return [part for part in live if (part.month, part.key) in wanted]


def _supersede(organisation: Organisation, parts: Sequence[BillPart], by: BillImport) -> None:
    """Let the rows of ``parts`` stop counting because ``by`` took their place."""
    for part in parts:
        files = LakeFile.objects.of_batch(part.bill.batch)
        files = files.filter(dataset=CHARGES.name, month=part.month, part=part.key)
        supersede(files, by=by.batch)
    BillPart.objects.owned_by(organisation).filter(pk__in=[part.pk for part in parts]).update(
        superseded_by=by, superseded_at=timezone.now()
    )
    forget(parts, organisation)


def _add_parts(taken: BillImport, bill: ConvertedBill) -> None:
    BillPart.objects.bulk_create(
        [
            BillPart(
                bill=taken,
                key=share.key,
                provider=share.provider[:200],
                account=share.account[:200],
                month=share.month,
                rows=share.rows,
                billed=amounts_as_text(share.billed),
                effective=amounts_as_text(share.effective),
            )
            for share in bill.shares
        ]
    )


def _summary(taken: BillImport, replaced: Sequence[BillPart]) -> str:
    """Say in one line what came in."""
    amounts = "、".join(
        f"{Decimal(amount):,.2f}".removesuffix(".00") + f" {currency}"
        for currency, amount in taken.billed.items()
    )
    amounts = amounts or "金額なし"
    months = (
        taken.first_month
        if taken.first_month == taken.last_month
        else f"{taken.first_month}〜{taken.last_month}"
    )
    text = f"{taken.file_name} を取り込みました({months}、{taken.rows_accepted}行、{amounts})"
    return f"{text}。{len(replaced)}件の内訳を置き換えました" if replaced else text
