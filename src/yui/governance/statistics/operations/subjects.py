"""The names that the ledger gives to the records of the room."""

from yui.governance.statistics.models import Intake, Series, Source
from yui.kernel.links import urn

SOURCE, SERIES, INTAKE = "statistics.source", "statistics.series", "statistics.intake"


def subject_of(record: Source | Series | Intake) -> str:
    """Return the URN of a record."""
    if isinstance(record, Series):
        return urn(SERIES, record.code)
    return urn(SOURCE if isinstance(record, Source) else INTAKE, record.pk)
