"""Which rules a file is examined against: those asked for, the official ones at hand, or our own."""

from dataclasses import dataclass
from pathlib import Path

from yui.transition.costs.formats.focus import CHARGES
from yui.transition.costs.formats.own_rule_model import own_rule_model
from yui.transition.costs.formats.rule_model import RuleModel, read_rule_model

FILE_NAME = "focus_requirements_model-{version}.json"


@dataclass(frozen=True)
class ModelChoice:
    """What the reader asked for.

    Attributes:
        file: a rule model to use whatever the file's version.
        folder: where official models lie, named ``focus_requirements_model-<version>.json``.
        version: the version of FOCUS to examine against; empty for the one that the columns point to.
    """

    file: Path | None = None
    folder: Path | None = None
    version: str = ""

    def model_for(self, dataset: str, detected: str) -> RuleModel:
        """Return the rules for a file whose columns point to the version ``detected``.

        Official models describe Cost and Usage; other datasets are examined against our own rules.

        Raises:
            ModelRefused: when the file asked for is no model, or there are no rules for the version.
        """
        if self.file is not None:
            return read_rule_model(self.file)
        version = self.version or detected
        if self.folder is not None and dataset == CHARGES:
            path = self.folder / FILE_NAME.format(version=Path(version).name)
            if path.is_file():
                return read_rule_model(path)
        return own_rule_model(dataset, version)
