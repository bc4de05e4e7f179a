"""What operations of the room are told."""

from dataclasses import dataclass
from datetime import date

from yui.governance.statistics.formats.contents import Refusal
from yui.governance.statistics.models import Licence, Topic
from yui.kernel.scope.models import Visibility


@dataclass(frozen=True)
class SourceFacts:
    """What a source is; see the model for the meaning of each."""

    code: str
    title: str
    publisher: str
    address: str = ""
    licence: str = Licence.UNKNOWN
    licence_text: str = ""
    note: str = ""
    is_illustrative: bool = False
    visibility: str = Visibility.OWN


@dataclass(frozen=True)
class SeriesFacts:
    """What a series is; see the model for the meaning of each."""

    code: str
    title: str
    unit: str
    frequency: str
    decimals: int = 0
    topic: str = Topic.OTHER
    description: str = ""
    title_en: str = ""


@dataclass(frozen=True)
class Wanted:
    """What is said of a file that does not say it itself.

    Attributes:
        code: code of the series, for a file of one series without a code.
        title: its title, likewise.
        unit: its unit, likewise.
        frequency: what bare years and first days stand for, empty for what the file says.
        topic: topic of the series that are made.
    """

    code: str = ""
    title: str = ""
    unit: str = ""
    frequency: str = ""
    topic: str = Topic.OTHER


@dataclass(frozen=True)
class SentFile:
    """A file of statistics: its name, its SHA-256, and when it was fetched from the publisher."""

    name: str
    sha256: str
    retrieved_on: date


@dataclass(frozen=True)
class LoadResult:
    """What loading did: codes of the series, counts of figures, and refusals with their texts.

    ``older`` are figures that an older retrieval gave otherwise and that only history keeps; ``intake`` is
    the key of the record of the loading, None where the store is as it was.
    """

    series: tuple[str, ...]
    new: int
    changed: int
    known: int
    older: int
    refused: tuple[Refusal, ...]
    intake: int | None

    @property
    def changed_nothing(self) -> bool:
        """Whether every figure was known."""
        return not (self.new or self.changed or self.older)
