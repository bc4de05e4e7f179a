"""The whole way of a file: recognise, convert, stage, record. Used by the page and the command line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from django.db import IntegrityError
from django.utils.translation import gettext as _

from yui.kernel.exchange.errors import FileRefused
from yui.kernel.exchange.formats.guards import safe_name
from yui.kernel.lake.errors import LakeWriteFailed
from yui.kernel.lake.reading import engine_settings
from yui.kernel.lake.staging import Staged, sha256_of, stage_file, workspace
from yui.kernel.policy import Actor, PermissionRefused, Verb, allows
from yui.kernel.scope.models import Organisation
from yui.transition.costs.engine.conversion import convert_focus
from yui.transition.costs.engine.ledger_bill import convert_ledger
from yui.transition.costs.engine.rows import ConvertedBill, RowProblem
from yui.transition.costs.facts import CHARGES, COMMITMENTS
from yui.transition.costs.formats.errors import ColumnsMissing, KindNotRecognised, NoGoodRow, NotFocus
from yui.transition.costs.formats.expenditure import read_expenditure
from yui.transition.costs.formats.ledger import read_ledger
from yui.transition.costs.models import BillImport, BillKind
from yui.transition.costs.operations.import_bill import import_bill
from yui.transition.costs.operations.import_expenditure import import_expenditure

EXPENDITURE, AUTO = "expenditure", "auto"
KINDS = (AUTO, BillKind.FOCUS.value, BillKind.COMMITMENT.value, BillKind.LEDGER.value, EXPENDITURE)


@dataclass(frozen=True)
class Outcome:
    """What became of a file.

    Attributes:
        kind: ``focus``, ``commitment``, ``ledger`` or ``expenditure``.
        is_new: whether anything changed; the same file a second time changes nothing.
        rows_outside: rows about municipalities that the importer does not import for.
    """

    file: str
    kind: str
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    billed: dict[str, Decimal] = field(default_factory=dict)
    problems: tuple[RowProblem, ...] = ()
    notes: tuple[str, ...] = ()
    is_new: bool = True
    rows_outside: int = 0
    bill: BillImport | None = None


def take_in_file(
    actor: Actor, *, organisation: Organisation, path: Path, file_name: str = "", kind: str = AUTO
) -> Outcome:
    """Import the file at ``path`` for ``organisation``.

    Args:
        kind: one of ``KINDS``; ``auto`` recognises the file by its columns.

    Raises:
        PermissionRefused: when the actor may not import for the organisation.
        FileRefused: when nothing of the file can be taken.
        LakeWriteFailed: when the disk is full; nothing was imported.
    """
    if not allows(actor, Verb.IMPORT, organisation):
        raise PermissionRefused(actor, Verb.IMPORT)
    name = safe_name(file_name or path.name)
    if kind == EXPENDITURE:
        return _take_in_expenditure(actor, organisation, path, name)
    sha256 = sha256_of(path)
    standing = BillImport.objects.owned_by(organisation).standing().filter(sha256=sha256).first()
    if standing is not None:
        return _known(standing, name)
    if kind in {BillKind.FOCUS, BillKind.COMMITMENT}:
        return _take_in_bill(actor, organisation, path, name, sha256, _focus)
    if kind == BillKind.LEDGER:
        return _take_in_bill(actor, organisation, path, name, sha256, _ledger)
    return _recognised(actor, organisation, path, name, sha256)


def _recognised(actor: Actor, organisation: Organisation, path: Path, name: str, sha256: str) -> Outcome:
    """Try the kinds one after the other; each tells by the columns whether the file is its own."""
    try:
        return _take_in_bill(actor, organisation, path, name, sha256, _focus)
    except NotFocus:
        pass
    except FileRefused:
        if _is_text(path):
            raise
    try:
        return _take_in_expenditure(actor, organisation, path, name)
    except KindNotRecognised:
        pass
    try:
        return _take_in_bill(actor, organisation, path, name, sha256, _ledger)
    except ColumnsMissing as error:
        raise KindNotRecognised from error


def _is_text(path: Path) -> bool:
    """Tell whether the file could be a CSV or Parquet of FOCUS, and is no workbook."""
    with path.open("rb") as file:
        return not file.read(8).startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


Convert = Callable[[Path, Path, Organisation], ConvertedBill]


def _focus(path: Path, folder: Path, organisation: Organisation) -> ConvertedBill:
    return convert_focus(path, folder, engine=engine_settings())


def _ledger(path: Path, folder: Path, organisation: Organisation) -> ConvertedBill:
    return convert_ledger(read_ledger(path, organisation.code), folder, CHARGES.schema)


def _take_in_bill(
    actor: Actor, organisation: Organisation, path: Path, name: str, sha256: str, convert: Convert
) -> Outcome:
    """Convert and stage outside the transaction, then record in one."""
    with workspace() as folder:
        try:
            bill = convert(path, folder, organisation)
            staged = _staged(bill, organisation)
        except OSError as error:
            raise LakeWriteFailed(folder, error.strerror or str(error)) from error
        try:
            taken = import_bill(
                actor, organisation=organisation, bill=bill, staged=staged, file_name=name, sha256=sha256
            )
        except IntegrityError:
            # Somebody else took in the same file meanwhile; anything else is raised again here.
            return _known(BillImport.objects.owned_by(organisation).standing().get(sha256=sha256), name)
    return Outcome(
        file=name,
        kind=bill.kind,
        rows_read=bill.rows_read,
        rows_accepted=bill.rows_accepted,
        rows_rejected=bill.rows_rejected,
        billed=dict(bill.billed),
        problems=bill.problems,
        notes=bill.notes,
        bill=taken,
    )


def _staged(bill: ConvertedBill, organisation: Organisation) -> list[Staged]:
    dataset = COMMITMENTS if bill.kind == BillKind.COMMITMENT else CHARGES
    return [
        stage_file(
            dataset, share.path, organisation_code=organisation.code, month=share.month, part=share.key
        )
        for share in bill.shares
    ]


def _known(bill: BillImport, name: str) -> Outcome:
    """Return the outcome of a file that stands already."""
    note = _("同じファイルを取り込み済みです({file})。何も変わっていません。").format(file=bill.file_name)
    return Outcome(
        file=name,
        kind=bill.kind,
        rows_read=bill.rows_read,
        rows_accepted=bill.rows_accepted,
        rows_rejected=bill.rows_rejected,
        billed=bill.billed_amounts(),
        problems=tuple(RowProblem(**problem) for problem in bill.problems),
        notes=(note, *bill.notes),
        is_new=False,
        bill=bill,
    )


def _take_in_expenditure(actor: Actor, organisation: Organisation, path: Path, name: str) -> Outcome:
    file = read_expenditure(path)
    if not file.totals and not file.indicators:
        raise NoGoodRow(file.problems)
    outcome = import_expenditure(actor, organisation=organisation, file=file, file_name=name)
    notes = list(file.notes)
    if outcome.outside:
        notes.append(_("Yui にない団体の行: {count} 行(取り込みません)。").format(count=outcome.outside))
    if outcome.not_ours:
        notes.append(
            _("取り込む権限がない団体の行: {count} 行(取り込みません)。").format(count=outcome.not_ours)
        )
    return Outcome(
        file=name,
        kind=EXPENDITURE,
        rows_read=file.rows_read,
        rows_accepted=outcome.accepted,
        rows_rejected=len(file.problems),
        problems=file.problems,
        notes=tuple(notes),
        is_new=bool(outcome.changed),
        rows_outside=outcome.outside + outcome.not_ours,
    )
