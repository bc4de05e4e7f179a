"""``yui live``."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Becomes the small ASGI process that holds the pages' connections."""

    help = "変わったことを開いているページに伝える / hold the pages' live connections (ASGI)"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to listen."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8001)

    def handle(self, **options: Any) -> None:
        """Replace this process by the server, so that signals reach it directly."""
        command = [sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "1", "--no-ws"]
        command += ["--http", "1", "--log-level", "warning", "--respawn-failed-workers"]
        # Held connections never end by themselves; without a limit the server would wait for them for ever.
        command += ["--workers-kill-timeout", "3"]
        # The hub itself turns away what is too much, with an answer; the server must let it.
        command += ["--backlog", "2048", "--backpressure", "2048"]
        command += ["--host", options["host"], "--port", str(options["port"]), "yui.conf.asgi:application"]
        os.execv(sys.executable, command)  # noqa: S606 - our own command, no shell
