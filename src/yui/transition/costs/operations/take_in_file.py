"""The whole way of a file: recognise, convert, stage, record. Used by the page and the command line."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
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
from yui.transition.costs.engine.progress import Progress, Step, no_progress
from yui.transition.costs.engine.provider_conversion import convert_provider
from yui.transition.costs.engine.rows import ConvertedBill
from yui.transition.costs.facts import CHARGES, COMMITMENTS
from yui.transition.costs.formats.errors import (
    ColumnsMissing,
    ColumnTwice,
    KindNotRecognised,
    NoGoodRow,
    NotFocus,
)
from yui.transition.costs.formats.expenditure import read_expenditure
from yui.transition.costs.formats.ledger import read_ledger
from yui.transition.costs.formats.problems import RowProblem
from yui.transition.costs.formats.providers.errors import NotProviderBill
from yui.transition.costs.formats.providers.json_text import is_json
from yui.transition.costs.formats.providers.tables import PROVIDERS
from yui.transition.costs.models import BillImport, BillKind
from yui.transition.costs.operations.import_bill import import_bill
from yui.transition.costs.operations.import_expenditure import count_rows, import_expenditure

EXPENDITURE, AUTO = "expenditure", "auto"
KINDS = (
    AUTO,
    BillKind.FOCUS.value,
    BillKind.COMMITMENT.value,
    BillKind.LEDGER.value,
    *PROVIDERS,
    EXPENDITURE,
)


@dataclass(frozen=True)
class Outcome:
    """What became of a file.

    Attributes:
        kind: one of ``KINDS`` but ``auto``.
        is_new: whether anything changed; the same file a second time changes nothing.
        rows_outside: rows about municipalities that the importer does not import for, or without a figure.
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
    actor: Actor,
    *,
    organisation: Organisation,
    path: Path,
    file_name: str = "",
    kind: str = AUTO,
    sha256: str = "",
    progress: Progress = no_progress,
) -> Outcome:
    """Import the file at ``path`` for ``organisation``.

    Args:
        kind: one of ``KINDS``; ``auto`` recognises the file by its columns.
        sha256: the file's hash where the caller has worked it out already.
        progress: told how far the work is; what it raises ends the work, and nothing is imported.

    Raises:
        PermissionRefused: when the actor may not import for the organisation.
        FileRefused: when nothing of the file can be taken.
        LakeWriteFailed: when the disk is full; nothing was imported.
    """
    name = safe_name(file_name or path.name)
    return _way_of(_Intake(actor, organisation, path, name, sha256, progress, is_trial=False), kind)


def preview_file(
    actor: Actor,
    *,
    organisation: Organisation,
    path: Path,
    file_name: str = "",
    kind: str = AUTO,
    sha256: str = "",
    progress: Progress = no_progress,
) -> Outcome:
    """Say what importing the file would do, and do nothing. Raises as ``take_in_file``."""
    name = safe_name(file_name or path.name)
    return _way_of(_Intake(actor, organisation, path, name, sha256, progress, is_trial=True), kind)


@dataclass(frozen=True)
class _Intake:
    """One file on its way in; a trial stops before anything is recorded."""

    actor: Actor
    organisation: Organisation
    path: Path
    name: str
    sha256: str
    progress: Progress
    is_trial: bool


def _way_of(intake: _Intake, kind: str) -> Outcome:
    """Lead the file to the reader of its kind."""
    if not allows(intake.actor, Verb.IMPORT, intake.organisation):
        raise PermissionRefused(intake.actor, Verb.IMPORT)
    if kind == EXPENDITURE:
        return _take_in_expenditure(intake)
    sha256 = intake.sha256 or sha256_of(intake.path)
    bills = BillImport.objects.owned_by(intake.organisation).filter(withdrawn_at__isnull=True)
    known = bills.filter(sha256=sha256).first()
    if known is not None:
        return _known(known, intake.name)
    if kind in {BillKind.FOCUS, BillKind.COMMITMENT}:
        return _take_in_bill(intake, sha256, partial(_focus, progress=intake.progress))
    if kind == BillKind.LEDGER:
        return _take_in_bill(intake, sha256, _ledger)
    if kind in PROVIDERS:
        return _take_in_bill(intake, sha256, partial(_provider, kind=kind))
    return _recognised(intake, sha256)


def _recognised(intake: _Intake, sha256: str) -> Outcome:
    """Try the kinds one after the other; each tells by the columns whether the file is its own."""
    twice: ColumnTwice | None = None
    focus = partial(_focus, progress=intake.progress)
    for convert in (_provider, focus) if is_json(intake.path) else (focus, _provider):
        try:
            return _take_in_bill(intake, sha256, convert)
        except (NotFocus, NotProviderBill):
            continue
        except ColumnTwice as error:
            # Tags of AWS differ by letter case alone, which FOCUS does not allow of columns.
            twice = error
        except FileRefused:
            if not _is_workbook(intake.path):
                raise
    if twice is not None:
        raise twice
    try:
        return _take_in_expenditure(intake)
    except KindNotRecognised:
        pass
    try:
        return _take_in_bill(intake, sha256, _ledger)
    except ColumnsMissing as error:
        raise KindNotRecognised from error


def _is_workbook(path: Path) -> bool:
    """Tell whether the file is a workbook, which is never FOCUS."""
    with path.open("rb") as file:
        return file.read(8).startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


Convert = Callable[[Path, Path, Organisation], ConvertedBill]


def _focus(
    path: Path, folder: Path, organisation: Organisation, *, progress: Progress = no_progress
) -> ConvertedBill:
    return convert_focus(path, folder, engine=engine_settings(), progress=progress)


def _provider(path: Path, folder: Path, organisation: Organisation, kind: str = "") -> ConvertedBill:
    return convert_provider(path, folder, engine=engine_settings(), kind=kind)


def _ledger(path: Path, folder: Path, organisation: Organisation) -> ConvertedBill:
    return convert_ledger(read_ledger(path, organisation.code), folder, CHARGES.schema)


def _take_in_bill(intake: _Intake, sha256: str, convert: Convert) -> Outcome:
    """Convert and stage outside the transaction, then record in one."""
    organisation = intake.organisation
    with workspace() as folder:
        try:
            bill = convert(intake.path, folder, organisation)
            if intake.is_trial:
                return _outcome(intake, bill, None)
            intake.progress(Step.STORING, 0)
            staged = _staged(bill, organisation)
        except OSError as error:
            raise LakeWriteFailed(folder, error.strerror or str(error)) from error
    intake.progress(Step.RECORDING, 0)
    try:
        taken = import_bill(
            intake.actor,
            organisation=organisation,
            bill=bill,
            staged=staged,
            file_name=intake.name,
            sha256=sha256,
        )
    except IntegrityError:
        # Somebody else took in the same file meanwhile; anything else shows by the file not being there.
        bills = BillImport.objects.owned_by(organisation).filter(withdrawn_at__isnull=True, sha256=sha256)
        known = bills.first()
        if known is None:
            raise
        return _known(known, intake.name)
    return _outcome(intake, bill, taken)


def _outcome(intake: _Intake, bill: ConvertedBill, taken: BillImport | None) -> Outcome:
    return Outcome(
        file=intake.name,
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


def _take_in_expenditure(intake: _Intake) -> Outcome:
    file = read_expenditure(intake.path)
    if not file.totals and not file.indicators:
        raise NoGoodRow(file.problems)
    if intake.is_trial:
        counted = count_rows(intake.actor, file)
    else:
        counted = import_expenditure(
            intake.actor, organisation=intake.organisation, file=file, file_name=intake.name
        )
    notes = list(file.notes)
    if counted.outside:
        notes.append(_("Yui にない団体の行: {count} 行(取り込みません)。").format(count=counted.outside))
    if counted.not_ours:
        notes.append(
            _("取り込む権限がない団体の行: {count} 行(取り込みません)。").format(count=counted.not_ours)
        )
    return Outcome(
        file=intake.name,
        kind=EXPENDITURE,
        rows_read=file.rows_read,
        rows_accepted=counted.accepted,
        rows_rejected=len(file.problems),
        problems=file.problems,
        notes=tuple(notes),
        is_new=bool(counted.changed),
        rows_outside=counted.outside + counted.not_ours + file.rows_empty,
    )
