"""A source that only its ward sees, with a series."""

from yui.governance.statistics.facts import SeriesFacts, SourceFacts
from yui.governance.statistics.operations import save_series, save_source
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation

ADDRESSES = {
    "statistics:series.code": "statistics_series",
    "statistics:source.pk": "statistics_source",
}
"""Parameters of addresses that name a record, with the key of the record."""
OTHERS: dict[str, str] = {}
"""Parameters that name no record, with their values."""


def make_statistics_records(ward: Organisation, secret: str, actor: Actor) -> dict[str, int | str]:
    """Make a source whose every text holds the secret."""
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
    return {"statistics_source": source.pk, "statistics_series": code}
