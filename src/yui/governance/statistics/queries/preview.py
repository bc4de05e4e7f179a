"""What a waiting file holds, and what loading it would do."""

from collections.abc import Sequence
from dataclasses import dataclass

from yui.governance.statistics.facts import Wanted
from yui.governance.statistics.formats.contents import FileContent, SeriesContent
from yui.governance.statistics.models import Frequency, Intake, Series
from yui.governance.statistics.queries.plan import SeriesPlan, plan_of, stored_series, taken_codes
from yui.governance.statistics.reading import Reading, read_file
from yui.kernel.exchange.storage import verified_path

SERIES_SHOWN = 300
CHOSEN_UP_TO = 30
"""Up to so many series of a file are chosen until somebody says otherwise; a larger file is picked from."""


@dataclass(frozen=True)
class PreviewLine:
    """One series of a file: what it is called in the store or would be, and what loading it does."""

    content: SeriesContent
    title: str
    frequency: str
    plan: SeriesPlan | None
    is_new: bool
    is_foreign: bool
    unit_before: str
    frequency_before: str

    @property
    def can_be_loaded(self) -> bool:
        """Whether nothing stands against it."""
        return not (self.is_foreign or self.unit_before or self.frequency_before)


def content_of(intake: Intake) -> FileContent:
    """Read the kept file again.

    Raises:
        ExchangeError: when the kept file is lost, or refused.
    """
    wanted = wanted_of(intake)
    how = Reading(wanted.code, wanted.title, wanted.unit, wanted.frequency)
    return read_file(verified_path(intake.sha256), intake.file_name, how)


def wanted_of(intake: Intake) -> Wanted:
    """Return what was said of the file when it was sent."""
    return Wanted(**intake.wanted)


def preview_lines(intake: Intake, content: FileContent) -> list[PreviewLine]:
    """Compare the first series of a file with the store; nothing is changed."""
    shown = content.series[:SERIES_SHOWN]
    codes = [each.code for each in shown]
    known = stored_series(intake.source.organisation, codes)
    taken = taken_codes(codes)
    return [_line(intake, each, known.get(each.code), each.code in taken) for each in shown]


def chosen_at_first(lines: Sequence[PreviewLine]) -> set[str]:
    """Return the codes that are chosen until somebody says otherwise."""
    codes = {each.content.code for each in lines if each.can_be_loaded}
    return codes if len(codes) <= CHOSEN_UP_TO else set()


def _line(intake: Intake, content: SeriesContent, stored: Series | None, is_taken: bool) -> PreviewLine:
    words = dict(Frequency.choices)
    is_foreign = is_taken and (stored is None or stored.source_id != intake.source_id)
    own = None if is_foreign else stored
    differs = own is not None and bool(content.unit) and content.unit.strip() != own.unit
    is_other = own is not None and own.frequency != content.frequency
    return PreviewLine(
        content=content,
        title=own.name if own else content.title,
        frequency=str(words[content.frequency]),
        plan=None if is_foreign else plan_of(content, own, intake.retrieved_on),
        is_new=own is None and not is_foreign,
        is_foreign=is_foreign,
        unit_before=own.unit or "—" if differs and own else "",
        frequency_before=str(words[own.frequency]) if is_other and own else "",
    )
