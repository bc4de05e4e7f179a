"""Examining a file against FOCUS with the models and the machine's limits that the settings name."""

from collections.abc import Callable, Collection
from pathlib import Path

from django.conf import settings

from yui.kernel.lake.reading import engine_settings
from yui.kernel.lake.staging import workspace
from yui.transition.costs.engine.validation.choosing import ModelChoice
from yui.transition.costs.engine.validation.examination import examine
from yui.transition.costs.engine.validation.verdicts import Report

# The passes gain nothing from more, and pages and imports run beside them.
MEMORY = "400MB"


def check_focus_file(
    path: Path,
    *,
    file_name: str = "",
    version: str = "",
    model: Path | None = None,
    criteria: Collection[str] = (),
    on_step: Callable[[int, int], None] = lambda _done, _total: None,
) -> Report:
    """Examine the file at ``path``.

    Args:
        file_name: what the file is called in the report.
        version: the FOCUS version to examine against; empty for the one that the columns point to.
        model: a rule model to use instead of those under ``YUI_FOCUS_MODELS``.
        criteria: applicability criteria that the provider fulfils; ``ALL`` for all.
        on_step: told how many steps of how many are done.

    Raises:
        FileRefused: when the file cannot be read, or the rules cannot be used.
        LakeWriteFailed: when the disk is full.
    """
    with workspace() as folder:
        return examine(
            path,
            folder,
            engine={**engine_settings(), "memory_limit": MEMORY},
            choice=ModelChoice(file=model, folder=settings.FOCUS_MODELS, version=version),
            criteria=criteria,
            file_name=file_name,
            on_step=on_step,
        )
