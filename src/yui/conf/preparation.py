"""What must be in order before Yui serves: the port, the database, the catalogues, the built assets."""

import errno
import os
import shutil
import socket
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

PACKAGE = Path(__file__).resolve().parent.parent


class PortTaken(OSError):
    """The address cannot be listened on."""


def require_port(host: str, port: int) -> None:
    """Make sure that the address can be listened on.

    Raises:
        PortTaken: saying why not, and what to do.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen(1)
    except OSError as error:
        raise PortTaken(_port_message(host, port, error)) from error


def _port_message(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"{host}:{port} はほかのプログラムが使っています。止めるか、--port で別の番号を選んでください。"
            f"\n{host}:{port} is taken by another program: stop it, or choose another with --port."
        )
    if error.errno == errno.EACCES:
        return (
            f"{host}:{port} を使う権限がありません。1024 以上の番号を --port で選んでください。"
            f"\nNo permission to listen on {host}:{port}: choose a port of 1024 or more with --port."
        )
    return f"{host}:{port} では待ち受けられません / cannot listen on {host}:{port}: {error.strerror or error}"


def assets_are_built() -> bool:
    """Return whether styles and scripts were built (they are in every wheel)."""
    return (PACKAGE / "kernel/ui/static/ui/build/manifest.json").is_file()


def missing_migrations() -> int:
    """Return how many migrations the database still lacks."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def apply_migrations() -> int:
    """Apply the migrations that are missing; return how many there were."""
    missing = missing_migrations()
    if missing:
        call_command("migrate", verbosity=0, interactive=False)
    return missing


def metrics_folder() -> Path:
    """Return an empty folder in which the processes of this start count together."""
    folder = Path(settings.HOME) / "run" / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def child_environment() -> dict[str, str]:
    """Return the environment of the processes that serve: same state, wherever they start."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "yui.conf.settings"),
        "YUI_HOME": str(settings.HOME),
        "PROMETHEUS_MULTIPROC_DIR": str(metrics_folder()),
    }
