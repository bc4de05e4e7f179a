"""The web server process of ``yui up``: loads Yui once, then forks the processes that answer.

Forking after loading makes the second start quick and lets the processes share their memory; the plain
``granian`` command would load everything once in each.
"""

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections
from django.urls import get_resolver
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from yui.conf.wsgi import application

THREADS = 4


def load() -> None:
    """Load every address and what stands behind it; leave no connection open that a fork would share."""
    _ = get_resolver().url_patterns
    connections.close_all()


def loaded() -> Callable[..., Any]:
    """Return the application that this process, or the one it was forked from, has loaded."""
    return application


def serve(host: str, port: int, workers: int) -> None:
    """Serve pages and API over WSGI until a signal comes."""
    Granian(
        "yui.conf.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        http=HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve(target_loader=loaded, wrap_loader=False)


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until a signal comes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, required=True)
    given = parser.parse_args(arguments)
    load()
    serve(given.host, given.port, given.workers)


if __name__ == "__main__":
    main()
