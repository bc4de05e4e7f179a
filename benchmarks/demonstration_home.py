"""One home with demonstration data, made once for all benchmarks of a run that need it."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.processes import YUI, Cost, environment, run


@dataclass(frozen=True)
class DemonstrationHome:
    """The home and what filling it cost."""

    folder: Path
    cost: Cost


@cache
def demonstration_home() -> DemonstrationHome:
    """Migrate and fill a temporary home; it is removed when the run ends."""
    folder = Path(tempfile.mkdtemp(prefix="yui-bench-demo-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    run([*YUI, "migrate", "-v0"], environment(folder))
    return DemonstrationHome(folder, run([*YUI, "demo"], environment(folder)))
