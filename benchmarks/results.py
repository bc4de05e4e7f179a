"""What a benchmark found: one line for people, one object for programs."""

import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class Skipped(Exception):
    """A benchmark needs something that is not here; its text says what and how to get it."""


@dataclass(frozen=True)
class Figure:
    """One measured figure beside what it is compared with.

    Attributes:
        what: what was measured.
        ours: the median that Yui reaches, in ``unit``.
        unit: of ``ours``, ``beside`` and ``target``.
        beside: the same figure of ``compared_with``; ``None`` where nothing comparable exists.
        compared_with: what stands beside it.
        target: the limit; ``None`` where none is set.
        at_least: whether more is better.
        detail: further numbers, kept in the JSON.
    """

    what: str
    ours: float
    unit: str
    beside: float | None = None
    compared_with: str = ""
    target: float | None = None
    at_least: bool = False
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def reached(self) -> bool | None:
        """Whether the target is met; ``None`` without one."""
        if self.target is None:
            return None
        return self.ours >= self.target if self.at_least else self.ours <= self.target

    @property
    def line(self) -> str:
        """The figure on one line."""
        beside = "" if self.beside is None else f"{self.compared_with}: {_number(self.beside)} {self.unit}"
        sign = "≥" if self.at_least else "≤"
        target = "no target" if self.target is None else f"target {sign} {_number(self.target)} {self.unit}"
        verdict = {True: "reached", False: "NOT REACHED", None: "-"}[self.reached]
        return " | ".join([self.what, f"{_number(self.ours)} {self.unit}", beside or "-", target, verdict])


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:,.1f}" if abs(value) >= 10 else f"{value:,.2f}"


class Results:
    """The figures of one run, printed as they come and written as JSON under ``YUI_HOME``."""

    def __init__(self, scale: float) -> None:
        self._begun = datetime.now(UTC)
        self._scale = scale
        self._load = os.getloadavg()
        self._figures: list[dict[str, Any]] = []
        self._failures: dict[str, str] = {}
        self._skipped: dict[str, str] = {}

    @property
    def status(self) -> int:
        """1 after a failure, 2 after a missed target, else 0."""
        if self._failures:
            return 1
        return 2 if any(figure["reached"] is False for figure in self._figures) else 0

    def add(self, benchmark: str, figure: Figure) -> None:
        """Print a figure and keep it, with the machine's load of that moment."""
        print(f"{benchmark} | {figure.line}", flush=True)
        self._figures.append(
            {"benchmark": benchmark, **asdict(figure), "reached": figure.reached, "load": os.getloadavg()[0]}
        )

    def skip(self, benchmark: str, reason: Skipped) -> None:
        """Tell why a benchmark was left out."""
        self._skipped[benchmark] = str(reason)
        print(f"{benchmark} | skipped | {reason}", flush=True)

    def fail(self, benchmark: str, error: Exception) -> None:
        """Tell why a benchmark gave no figure."""
        said = error.stderr or error.stdout if isinstance(error, subprocess.CalledProcessError) else None
        self._failures[benchmark] = f"{error}\n{said or ''}".strip()
        print(f"{benchmark} | FAILED | {self._failures[benchmark]}", file=sys.stderr, flush=True)

    def write(self) -> Path:
        """Write the run as JSON; return the file."""
        folder = Path(os.environ.get("YUI_HOME", "var")).resolve() / "benchmarks"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{self._begun:%Y%m%dT%H%M%SZ}.json"
        run = {
            "begun": self._begun.isoformat(),
            "scale": self._scale,
            "cpus": os.cpu_count(),
            "load_at_start": self._load,
            "load_at_end": os.getloadavg(),
            "python": platform.python_version(),
            "platform": platform.platform(),
            "figures": self._figures,
            "failures": self._failures,
            "skipped": self._skipped,
        }
        file.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return file
