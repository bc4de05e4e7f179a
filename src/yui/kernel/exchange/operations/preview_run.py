"""Reads a file whole, without changing anything: counts, errors in place, the first rows."""

from dataclasses import dataclass, field
from typing import Any

from yui.kernel.exchange.checking import CheckedRow
from yui.kernel.exchange.errors import ExchangeError, in_both_languages
from yui.kernel.exchange.importers import Importer, importer_named
from yui.kernel.exchange.models import ImportRun, RunState
from yui.kernel.exchange.models.import_run import CAN_BE_READ, ERRORS_KEPT, ROWS_SHOWN
from yui.kernel.exchange.operations.runs import locked, refuse_unless
from yui.kernel.exchange.reading import REPORT_EVERY, Progress, no_progress, open_checker
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, require


@dataclass
class _Findings:
    """What reading found; the fields are those of the run."""

    rows_read: int = 0
    rows_rejected: int = 0
    columns: list[list[str]] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    notes: list[dict[str, str]] = field(default_factory=list)
    preview: list[dict[str, Any]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    failure: dict[str, Any] = field(default_factory=dict)

    def add(self, row: CheckedRow) -> None:
        """Keep what a row has to show."""
        if len(self.preview) < ROWS_SHOWN:
            self.preview.append(
                {"number": row.number, "cells": row.cells, "errors": [e.as_json() for e in row.errors]}
            )
        room = ERRORS_KEPT - len(self.errors)
        self.errors += [error.as_json() for error in row.errors[: max(room, 0)]]


def preview_run(actor: Actor, run_id: int, progress: Progress = no_progress) -> ImportRun:
    """Read the run's file and keep the findings; a file that cannot be read ends as 失敗 with its reason.

    Reading happens outside any transaction, so that a large file holds no lock.

    Raises:
        ImportRun.DoesNotExist: for a run that the actor may not see.
        PermissionRefused: where the actor may not import for the run's organisation.
        WrongState: for a run that is applied or given up.
    """
    run = ImportRun.objects.visible_to(actor).select_related("organisation").get(pk=run_id)
    importer = importer_named(run.importer)
    require(actor, importer.verb, run.organisation)
    refuse_unless(run, CAN_BE_READ)
    return _keep_findings(actor, run=run, findings=_read(actor, run, importer, progress))


def _read(actor: Actor, run: ImportRun, importer: Importer, progress: Progress) -> _Findings:
    """Read every row; a refusal of the whole file is a finding too."""
    findings = _Findings()
    try:
        checker = open_checker(actor, run, importer)
        titles = {column.key: column.title_ja for column in importer.columns}
        findings.columns = [[key, titles[key]] for key in checker.match.positions.values()]
        findings.unknown_columns = list(checker.match.unknown)
        findings.notes = [in_both_languages(note) for note in checker.table.notes]
        for row in checker.rows():
            findings.add(row)
            if checker.read % REPORT_EVERY == 0:
                progress(checker.read, 0)
    except ExchangeError as error:
        findings.failure = error.as_json()
        return findings
    findings.rows_read, findings.rows_rejected = checker.read, checker.rejected
    return findings


@operation("exchange.run.preview")
def _keep_findings(actor: Actor, *, run: ImportRun, findings: _Findings) -> ImportRun:
    """Write the findings into the run."""
    run = locked(actor, run)
    refuse_unless(run, CAN_BE_READ)
    for name, value in vars(findings).items():
        setattr(run, name, value)
    run.rows_accepted = run.rows_unchanged = 0
    run.state = RunState.FAILED if findings.failure else RunState.PREVIEWED
    run.save()
    record(
        run.organisation,
        subject=run.urn,
        summary=(
            f"ファイル「{run.original_name}」を確かめました"
            f"({run.rows_read:,}行、誤り {run.rows_rejected:,}行)"
        ),
        data={"read": run.rows_read, "rejected": run.rows_rejected, "refused": bool(findings.failure)},
    )
    return run
