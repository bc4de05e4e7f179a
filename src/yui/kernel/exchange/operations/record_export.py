"""Remembers that a list left the house as a file."""

from collections.abc import Mapping
from typing import Any

from yui.kernel.links import urn
from yui.kernel.operations import operation, record
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.scope.models import Organisation


@operation("exchange.export.record")
def record_export(
    actor: Actor,
    organisation: Organisation,
    what: str,
    rows: int,
    *,
    file_format: str = "csv",
    conditions: Mapping[str, Any] | None = None,
) -> None:
    """Enter an export into the ledger of ``organisation``; call it before the first byte is sent.

    Args:
        organisation: in whose name the actor exports.
        what: code of the list or report.
        rows: how many rows it has.
        file_format: ``csv``, ``xlsx``, ``pdf`` …
        conditions: the filters that were set.

    Raises:
        PermissionRefused: where the actor may not export.
    """
    require(actor, Verb.EXPORT, organisation)
    record(
        organisation,
        subject=urn("exchange.export", what),
        summary=f"「{what}」を {file_format.upper()} で書き出しました({rows:,}行)",
        data={"what": what, "rows": rows, "format": file_format, "conditions": dict(conditions or {})},
    )
