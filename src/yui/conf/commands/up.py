"""``yui up``."""

import os
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from yui.conf.catalogues import CatalogueError, compile_catalogues
from yui.conf.preparation import (
    PACKAGE,
    PortTaken,
    apply_migrations,
    assets_are_built,
    child_environment,
    require_port,
)
from yui.conf.supervisor import ChildKeepsDying, Supervisor


class Command(BaseCommand):
    """Prepares and starts everything, and keeps it running."""

    help = "Yui を始める / prepare and start Yui"
    # Django's system checks take longer than the whole start should; `yui check` runs them.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to listen and how to run."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=min(os.cpu_count() or 1, 4), help="web processes")
        parser.add_argument(
            "--demo", action="store_true", help="架空データを入れて始める / with demonstration data"
        )
        parser.add_argument("--reload", action="store_true", help="start anew when a source file changes")

    def handle(self, **options: Any) -> None:
        """Prepare, start, and stay until a signal comes."""
        host, port = options["host"], options["port"]
        self._prepare(host, port, with_demonstration=options["demo"])
        supervisor = Supervisor(self._environment())
        supervisor.add("web", web_command(host, port, max(1, options["workers"])))
        supervisor.add("worker", [sys.executable, "-m", "yui", "worker"])
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _stopper(supervisor))
        tell = _Announcement(self, host, port)
        changed = SourceWatch() if options["reload"] else None
        try:
            supervisor.run(lambda: tell.once_ready() or bool(changed and changed.has_changed()))
        except ChildKeepsDying as error:
            raise CommandError(str(error)) from error

    def _prepare(self, host: str, port: int, *, with_demonstration: bool) -> None:
        try:
            require_port(host, port)
            compile_catalogues()
        except (PortTaken, CatalogueError) as error:
            raise CommandError(str(error)) from error
        if not assets_are_built():
            self.stderr.write("画面の部品がまだ作られていません(make assets)。飾りのない画面になります。")
        applied = apply_migrations()
        if applied:
            self.stdout.write(f"データベースを整えました / migrations applied: {applied}")
        if with_demonstration and not settings.IS_DEMONSTRATION:
            self.stdout.write("架空データを作っています / making demonstration data …")
            import_module("yui.conf.commands.demo").Command().run_from_argv(["yui", "demo"])
            # Read when the settings were loaded, before the data was there.
            settings.IS_DEMONSTRATION = True

    def _environment(self) -> dict[str, str]:
        environment = child_environment()
        if settings.IS_DEMONSTRATION:
            environment["YUI_DEMONSTRATION"] = "true"
        return environment


class _Announcement:
    """Says where Yui is, once it answers."""

    def __init__(self, command: BaseCommand, host: str, port: int) -> None:
        self._command = command
        shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104
        self._address = f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
        self._is_told = False

    def once_ready(self) -> bool:
        """Tell the address when the first answer comes; never asks for a new start."""
        if not self._is_told and self._answers():
            self._is_told = True
            self._command.stdout.write(f"\n結 Yui  {self._address}\n止めるには Ctrl+C / Ctrl+C stops it")
            for line in sign_in_lines():
                self._command.stdout.write(line)
            self._command.stdout.flush()
        return False

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self._address}healthz/web", timeout=2):  # noqa: S310
                return True
        except urllib.error.HTTPError:
            # It answers; what is wrong, /healthz and the log tell.
            return True
        except OSError:
            return False


class SourceWatch:
    """Notices changed source files of the package, for development."""

    def __init__(self, package: Path = PACKAGE) -> None:
        self._package = package
        self._seen = self._latest()

    def has_changed(self) -> bool:
        """Return whether a Python file is newer than at the last look, or was added or removed."""
        latest = self._latest()
        changed, self._seen = latest != self._seen, latest
        return changed

    def _latest(self) -> tuple[int, int]:
        times = [path.stat().st_mtime_ns for path in self._package.rglob("*.py") if path.is_file()]
        return len(times), max(times, default=0)


def web_command(host: str, port: int, workers: int) -> list[str]:
    """Return the command of the web server."""
    options = ["--host", host, "--port", str(port), "--workers", str(workers)]
    return [sys.executable, "-m", "yui.conf.web", *options]


def sign_in_lines() -> list[str]:
    """Return how to sign in to the demonstration; nothing in an installation with real data."""
    if not settings.IS_DEMONSTRATION or find_spec("yui.organisations.demo") is None:
        return []
    lines: list[str] = import_module("yui.organisations.demo").sign_in_lines()
    return list(lines)


def _stopper(supervisor: Supervisor) -> Callable[[int, FrameType | None], None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        supervisor.stop()

    return stop
