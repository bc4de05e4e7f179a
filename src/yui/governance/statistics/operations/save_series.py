"""Enter a series of a source, or change what is said of one."""

from dataclasses import asdict

from yui.governance.statistics.errors import FrequencyStands, OtherSource
from yui.governance.statistics.facts import SeriesFacts
from yui.governance.statistics.models import Observation, Series, Source
from yui.governance.statistics.operations.subjects import subject_of
from yui.kernel.operations import field_changes, field_values, operation, record, record_nothing
from yui.kernel.operations.saving import save_checked
from yui.kernel.policy import Actor, Verb, require
from yui.kernel.search.changes import mark_dirty


@operation("statistics.series.save")
def save_series(actor: Actor, *, source: Source, facts: SeriesFacts, series: Series | None = None) -> Series:
    """Enter a series, or change the one given. Its code and its frequency stand once it has figures.

    Raises:
        PermissionRefused: when the actor may not edit for the organisation that keeps the source.
        OtherSource: when the series belongs to another source.
        FrequencyStands: when code or frequency of a series with figures would change.
        ValidationError: naming each fact that breaks a rule (a code in use …).
    """
    require(actor, Verb.EDIT, source.organisation)
    if series is not None and series.source_id != source.pk:
        raise OtherSource(series.code)
    stored = (
        Series.objects.owned_by(source.organisation).select_for_update().get(pk=series.pk)
        if series
        else Series(source=source)
    )
    values = asdict(facts)
    changes = field_changes(field_values(stored, list(values)) if series else {}, values)
    if series and not changes:
        record_nothing("the series is as it was")
        return stored
    if series and {"code", "frequency"} & set(changes) and _has_figures(stored):
        raise FrequencyStands
    if series:
        mark_dirty([subject_of(stored)])
    for name, value in values.items():
        setattr(stored, name, value)
    save_checked(stored)
    record(
        source.organisation,
        subject=subject_of(stored),
        summary=f"統計の系列「{stored.title}」を保存しました。",
        changes=changes,
        visibility=source.visibility,
    )
    return stored


def _has_figures(series: Series) -> bool:
    found: bool = Observation.objects.owned_by(series.source.organisation).filter(series=series).exists()
    return found
