"""A source that only its ward sees, with a series, its figures, and files loaded and waiting."""

import io
from datetime import date
from decimal import Decimal

from yui.governance.statistics.facts import SentFile, SeriesFacts, SourceFacts, Wanted
from yui.governance.statistics.formats.contents import Cell, Figure, FileContent, Refusal, SeriesContent
from yui.governance.statistics.models import Intake
from yui.governance.statistics.operations import (
    keep_file,
    load_observations,
    receive_file,
    save_series,
    save_source,
)
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

ADDRESSES = {
    "api:get_statistics.code": "statistics_series",
    "statistics:intake.pk": "statistics_intake",
    "statistics:load.pk": "statistics_source",
    "statistics:series-edit.code": "statistics_series",
    "statistics:series-file.code": "statistics_series",
    "statistics:series.code": "statistics_series",
    "statistics:source-edit.pk": "statistics_source",
    "statistics:source.pk": "statistics_source",
}
"""Parameters of addresses that name a record, with the key of the record."""
OTHERS = {"statistics:series-file.file_format": "csv"}
"""Parameters that name no record, with their values."""


def make_statistics_records(ward: Organisation, secret: str, actor: Actor) -> dict[str, int | str]:
    """Make a source whose every text holds the secret, a loaded file of it, and one that waits."""
    facts = SourceFacts(
        code=f"own-{ward.code}",
        title=f"{secret}の統計",
        publisher=f"{secret}の機関",
        licence_text=f"{secret}の条件",
        note=f"{secret}の備考",
    )
    source = save_source(actor, organisation=ward, facts=facts)
    code = f"own-series-{ward.code}"
    series = SeriesFacts(code, f"{secret}の系列", "人", "year", description=f"{secret}の内容")
    save_series(actor, source=source, facts=series)
    for day, value in ((1, 10), (2, 20)):
        cells = [Cell(ward.code, date(2025, 1, 1), Figure(Decimal(value)), "2")]
        load_observations(
            actor,
            source=source,
            content=FileContent(
                "long", (SeriesContent(code, "", "人", "year", cells),), (Refusal("3", secret, secret),)
            ),
            file=SentFile(f"{secret}.csv", "0" * 64, date(2026, 4, day)),
        )
    table = f"地域,系列名,期間,値\n{ward.name_ja},{secret}の列,2024年,5\n{secret},{secret},2024年,6\n"
    sha256 = keep_file(io.BytesIO(table.encode()))
    waiting = receive_file(
        actor,
        source=source,
        file=SentFile(f"{secret}の待ち.csv", sha256, date(2026, 4, 3)),
        file_format="long",
        wanted=Wanted(title=f"{secret}の題"),
    )
    loaded = Intake.objects.owned_by(ward).filter(source=source).exclude(pk=waiting.pk).latest("pk")
    return {
        "statistics_source": source.pk,
        "statistics_series": code,
        "statistics_intake": loaded.pk,
    }
