"""Values of a series as if a file had brought them."""

from datetime import date
from decimal import Decimal

from yui.governance.statistics.models import Intake, IntakeState, Observation
from yui.kernel.calendar_jp import now


def observe(series, values) -> None:
    """Give a yearly series its values by area and year; a text says why a value is missing."""
    intake = Intake.objects.create(
        source=series.source,
        file_name="made.csv",
        file_format="long",
        state=IntakeState.APPLIED,
        retrieved_on=date(2026, 6, 1),
        finished_at=now(),
    )
    Observation.objects.bulk_create(
        Observation(
            series=series,
            area_code=area,
            starts_on=date(year, 1, 1),
            value=None if isinstance(value, str) else Decimal(value),
            missing=value if isinstance(value, str) else "",
            confirmed_on=intake.retrieved_on,
            intake=intake,
        )
        for area, year, value in values
    )
