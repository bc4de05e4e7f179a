"""Sources of statistics, their series, and the observations that files brought."""

from yui.governance.statistics.models.intake import FileFormat, Intake, IntakeState
from yui.governance.statistics.models.observation import Observation
from yui.governance.statistics.models.series import Frequency, Series, Topic
from yui.governance.statistics.models.source import CODE, Licence, Source

__all__ = [
    "CODE",
    "FileFormat",
    "Frequency",
    "Intake",
    "IntakeState",
    "Licence",
    "Observation",
    "Series",
    "Source",
    "Topic",
]
