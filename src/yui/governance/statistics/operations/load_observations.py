"""Load the figures of a file into the store."""

from collections.abc import Collection, Iterator

from django.db.models import OuterRef, Subquery

from yui.governance.statistics.errors import FrequencyDiffers, NoSeriesChosen, OtherSource, UnitDiffers
from yui.governance.statistics.facts import LoadResult, SentFile, SeriesFacts, Wanted
from yui.governance.statistics.formats.contents import Cell, FileContent, SeriesContent
from yui.governance.statistics.models import Frequency, Intake, IntakeState, Observation, Series, Source
from yui.governance.statistics.models.intake import REFUSALS_KEPT
from yui.governance.statistics.operations.save_series import save_series
from yui.governance.statistics.operations.subjects import subject_of
from yui.governance.statistics.operations.waiting import waiting_intake
from yui.governance.statistics.queries.plan import SeriesPlan, plan_of, stored_series, taken_codes
from yui.kernel.calendar_jp import now
from yui.kernel.exchange.errors import in_both_languages
from yui.kernel.exchange.formats.guards import safe_name
from yui.kernel.operations import operation, record, record_nothing
from yui.kernel.policy import Actor, Verb, require

BATCH = 2000
KEYS = 500
"""Keys named in one query; SQLite takes no more than some hundreds of parameters everywhere."""


@operation("statistics.observations.load")
def load_observations(
    actor: Actor,
    *,
    source: Source,
    content: FileContent,
    file: SentFile,
    wanted: Wanted | None = None,
    chosen: Collection[str] | None = None,
    intake: Intake | None = None,
) -> LoadResult:
    """Load the figures of a file; the same file again changes nothing.

    A figure that differs from the known one supersedes it if its retrieval is not older; both stay. Series
    that are not in the store are made.

    Args:
        content: what the file holds.
        file: its name, hash and retrieval date.
        wanted: topic of the series that are made.
        chosen: codes of the series to load; None for all.
        intake: the record of the file where it has been waiting; without it one is made if anything changes.

    Raises:
        PermissionRefused: when the actor may not import for the organisation that keeps the source.
        NoSeriesChosen: when none of the file's series is chosen.
        OtherSource: when a code belongs to a series of another source.
        UnitDiffers, FrequencyDiffers: when a series in the store has another unit or frequency.
        NotWaiting: when ``intake`` has been loaded or given up.
        ValidationError: when a series of the file cannot be made as it stands.
    """
    require(actor, Verb.IMPORT, source.organisation)
    # Two files of one source are loaded one after the other: each is compared with what the other left.
    Source.objects.owned_by(source.organisation).select_for_update().get(pk=source.pk)
    kept = [each for each in content.series if chosen is None or each.code in chosen]
    if not kept:
        raise NoSeriesChosen("、".join(each.code for each in content.series)[:500])
    waiting = waiting_intake(intake) if intake else None
    pairs = _plans(actor, source, kept, file, wanted or Wanted())
    plans = [plan for _series, plan in pairs]
    counts = {
        "new": sum(len(plan.new) for plan in plans),
        "changed": sum(len(plan.changed) for plan in plans),
        "known": sum(plan.known for plan in plans),
        "older": sum(len(plan.older) for plan in plans),
    }
    if waiting is None and all(plan.changes_nothing for plan in plans):
        record_nothing("every figure of the file is known")
        return _result(plans, counts, content, None)
    stored = _noted(waiting, source, file, content, actor, counts)
    for series, plan in pairs:
        _write(series, plan, stored)
    _tell(stored, plans, counts, content)
    return _result(plans, counts, content, stored)


def _plans(
    actor: Actor, source: Source, kept: list[SeriesContent], file: SentFile, wanted: Wanted
) -> list[tuple[Series, SeriesPlan]]:
    """Compare every series with the store; make those that are missing there."""
    codes = [each.code for each in kept]
    known = stored_series(source.organisation, codes)
    foreign = taken_codes(codes) - set(known) | {
        code for code, each in known.items() if each.source_id != source.pk
    }
    plans = []
    for content in kept:
        if content.code in foreign:
            raise OtherSource(content.code)
        stored = known.get(content.code)
        if stored is None:
            stored = save_series(actor, source=source, facts=_facts(content, wanted))
            stored.source = source
        _demand_same(stored, content)
        plans.append((stored, plan_of(content, stored, file.retrieved_on)))
    return plans


def _facts(content: SeriesContent, wanted: Wanted) -> SeriesFacts:
    return SeriesFacts(
        code=content.code,
        title=content.title,
        unit=content.unit,
        frequency=content.frequency,
        decimals=content.decimals,
        topic=wanted.topic,
    )


def _demand_same(stored: Series, content: SeriesContent) -> None:
    """Refuse figures of another unit or frequency than the series has; a file may leave the unit out."""
    if content.unit and content.unit.strip() != stored.unit:
        raise UnitDiffers(content.code, content.unit, stored.unit)
    if content.frequency != stored.frequency:
        words = dict(Frequency.choices)
        raise FrequencyDiffers(content.code, str(words[content.frequency]), str(words[stored.frequency]))


def _noted(
    waiting: Intake | None,
    source: Source,
    file: SentFile,
    content: FileContent,
    actor: Actor,
    counts: dict[str, int],
) -> Intake:
    """Write what came of the file into its record."""
    intake = waiting or Intake(
        source=source,
        file_name=safe_name(file.name),
        sha256=file.sha256,
        file_format=content.file_format,
        retrieved_on=file.retrieved_on,
        taken_by_name=actor.name,
    )
    intake.state, intake.finished_at = IntakeState.APPLIED, now()
    for name, count in counts.items():
        setattr(intake, f"{name}_count", count)
    intake.refused_count = len(content.refusals)
    intake.refused = [
        {"row": each.row, "what": each.what, "why": in_both_languages(each.why)}
        for each in content.refusals[:REFUSALS_KEPT]
    ]
    intake.save()
    return intake


def _tell(intake: Intake, plans: list[SeriesPlan], counts: dict[str, int], content: FileContent) -> None:
    """Write the loading into the ledger."""
    record(
        intake.source.organisation,
        subject=subject_of(intake),
        summary=f"統計のファイル「{intake.file_name}」を取り込みました(新しい値 {counts['new']:,}、"
        f"変わった値 {counts['changed']:,})。",
        data={"sha256": intake.sha256, "retrieved_on": intake.retrieved_on, "refused": len(content.refusals)}
        | {"series": [plan.content.code for plan in plans]}
        | counts,
        visibility=intake.source.visibility,
    )


def _write(series: Series, plan: SeriesPlan, intake: Intake) -> None:
    """Write the figures of one series."""
    rows = [_observation(cell, series, intake, None) for cell in plan.new]
    rows += [_observation(cell, series, intake, current) for cell, current in plan.older]
    Observation.objects.bulk_create(rows, batch_size=BATCH)
    _supersede([(_observation(cell, series, intake, former), former) for cell, former in plan.changed])
    for keys in _chunks(plan.confirmed):
        Observation.everything.filter(pk__in=keys).update(confirmed_on=intake.retrieved_on)
    if not (series.retrieved_on and series.retrieved_on >= intake.retrieved_on):
        series.retrieved_on = intake.retrieved_on
        series.save(update_fields=["retrieved_on"])


def _supersede(pairs: list[tuple[Observation, int]]) -> None:
    """Put figures in the place of those that are current.

    One figure of a cell is current at every moment: a new one goes in behind the one it will supersede, then
    the old one is put behind it, then it is let out.
    """
    made = Observation.objects.bulk_create([each for each, _former in pairs], batch_size=BATCH)
    if not made:
        return
    following = Observation.everything.filter(superseded_by=OuterRef("pk"), pk__gte=made[0].pk)
    for keys in _chunks([former for _each, former in pairs]):
        Observation.everything.filter(pk__in=keys).update(superseded_by=Subquery(following.values("pk")[:1]))
    for keys in _chunks([each.pk for each in made]):
        Observation.everything.filter(pk__in=keys).update(superseded_by=None)


def _observation(cell: Cell, series: Series, intake: Intake, behind: int | None) -> Observation:
    return Observation(
        series_id=series.pk,
        area_code=cell.area_code,
        starts_on=cell.starts_on,
        value=cell.figure.value,
        missing=cell.figure.missing,
        is_provisional=cell.figure.is_provisional,
        is_marked_revised=cell.figure.is_marked_revised,
        confirmed_on=intake.retrieved_on,
        intake_id=intake.pk,
        superseded_by_id=behind,
    )


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    return (keys[start : start + KEYS] for start in range(0, len(keys), KEYS))


def _result(
    plans: list[SeriesPlan], counts: dict[str, int], content: FileContent, intake: Intake | None
) -> LoadResult:
    return LoadResult(
        series=tuple(plan.content.code for plan in plans),
        refused=content.refusals,
        intake=intake.pk if intake else None,
        **counts,
    )
