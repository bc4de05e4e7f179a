"""What operations of the room are told."""

from dataclasses import dataclass

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
