"""Keeps child processes running: starts them, starts them again when they die, stops them in order."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

GRACE_SECONDS = 10.0
PAUSE_SECONDS = 0.2
QUICK_DEATH_SECONDS = 10.0
QUICK_DEATHS = 5
_PR_SET_PDEATHSIG = 1


def _die_with_parent() -> None:
    """Ask Linux to end this process when the supervisor is killed, so that none is left holding the port."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One process that shall run, and how often it died soon after its start."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    quick_deaths: int = 0


class ChildKeepsDying(RuntimeError):
    """A child ended again and again right after its start; what it wrote says why."""

    def __init__(self, child: Child, status: int) -> None:
        super().__init__(
            f"{child.name}: 起動してすぐ終わることが {child.quick_deaths} 回続きました(終了コード {status})。"
            "上に出ている記録を見てください。"
        )


@dataclass
class Supervisor:
    """The children, in the order in which they start."""

    environment: Mapping[str, str]
    children: list[Child] = field(default_factory=list)
    is_stopping: bool = False

    def add(self, name: str, command: list[str]) -> None:
        """Name a process to run."""
        self.children.append(Child(name, command))

    def stop(self) -> None:
        """Make ``run`` return after it has ended the children."""
        self.is_stopping = True

    def run(self, on_tick: Callable[[], bool] = lambda: False) -> None:
        """Start the children and keep them until ``stop``.

        Args:
            on_tick: called between looks; returns whether all children shall be started anew.

        Raises:
            ChildKeepsDying: when one cannot be kept.
        """
        try:
            for child in self.children:
                self._start(child)
            while not self.is_stopping:
                for child in self.children:
                    self._look_after(child)
                if on_tick():
                    self._end_all()
                    for child in self.children:
                        self._start(child)
                time.sleep(PAUSE_SECONDS)
        finally:
            self._end_all()

    def _start(self, child: Child) -> None:
        child.started_at = time.monotonic()
        child.process = subprocess.Popen(  # noqa: S603 - the commands are our own, not input
            child.command,
            env=dict(self.environment),
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,
        )

    def _look_after(self, child: Child) -> None:
        status = child.process.poll() if child.process else 0
        if status is None or self.is_stopping:
            return
        if child.process:
            # A killed server leaves its own workers behind, which would go on holding the port.
            _signal_group(child.process.pid, signal.SIGKILL)
        lived = time.monotonic() - child.started_at
        child.quick_deaths = child.quick_deaths + 1 if lived < QUICK_DEATH_SECONDS else 0
        if child.quick_deaths >= QUICK_DEATHS:
            raise ChildKeepsDying(child, status)
        sys.stderr.write(f"{child.name}: 終わりました(終了コード {status})。もう一度始めます。\n")
        time.sleep(PAUSE_SECONDS * child.quick_deaths)
        self._start(child)

    def _end_all(self) -> None:
        running = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(process.pid, signal.SIGKILL)
                process.wait()


def _signal_group(pid: int, number: signal.Signals) -> None:
    """Signal a child and all that it started (each child leads a group of its own)."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, number)
