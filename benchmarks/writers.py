"""Four processes that append to the ledger at once, on SQLite and on PostgreSQL."""

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.processes import YUI, environment, home, inside_command, run
from benchmarks.results import Figure

WRITERS = 4
TRANSACTIONS = 10_000
DEFAULT_TRANSACTIONS = 75
START_SECONDS = 15.0


@contextmanager
def postgresql() -> Iterator[str]:
    """Give the ``DATABASE_URL`` of a private cluster; the tests' own start it and stop it at the end."""
    before = dict(os.environ)
    try:
        from yui.conf import testing  # reading it gives this process a home of the tests' own
    finally:
        os.environ.clear()
        os.environ.update(before)
    yield testing._start_postgresql()


def _write(env: dict[str, str], chains: list[str], transactions: int) -> dict[str, Any]:
    """Let every writer begin at one moment; return what they did together."""
    begin = time.time() + START_SECONDS
    commands = [inside_command("writers", chain, transactions, begin) for chain in chains]
    processes = [
        subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) for command in commands
    ]
    told = [json.loads(process.communicate()[0].splitlines()[-1]) for process in processes]
    if any(process.returncode for process in processes):
        raise RuntimeError("a writer failed")
    seconds = max(part["ended"] for part in told) - min(part["begun"] for part in told)
    committed = sum(part["committed"] for part in told)
    return {
        "errors": sum(part["errors"] for part in told),
        "refusals": sorted({refusal for part in told for refusal in part["refusals"]}),
        "committed": committed,
        "per_second": committed / seconds,
        "longest_ms": max(part["longest_ms"] for part in told),
    }


def _case(env: dict[str, str], transactions: int, *, shared: bool) -> dict[str, Any]:
    code = "shared" if shared else "own"
    found = _write(env, [code if shared else f"{code}{n}" for n in range(WRITERS)], transactions)
    run([*YUI, "ledger", "verify"], env)
    return found


def _figures(database: str, found: dict[str, dict], default: dict[str, dict]) -> Iterator[Figure]:
    for chains, ours in found.items():
        what, beside = f"4 writers, {chains}, {database}", "Django's default SQLite"
        other = default[chains]
        yield Figure(
            f"{what}, lock errors of {ours['committed'] + ours['errors']:,}",
            ours["errors"],
            "errors",
            other["errors"],
            f"{beside}, of {other['committed'] + other['errors']}",
            0,
            detail={"ours": ours, "beside": other},
        )
        yield Figure(f"{what}, speed", ours["per_second"], "tx/s", other["per_second"], beside, at_least=True)


def measure(scale: float) -> list[Figure]:
    """Let four writers append to chains of their own and to one chain, on each database."""
    count = max(10, int(TRANSACTIONS * scale))
    cases = {"own chains": False, "one chain": True}
    with home() as folder:
        env = environment(folder, DJANGO_SETTINGS_MODULE="benchmarks.default_sqlite_settings")
        run([*YUI, "migrate", "ledger", "-v0"], env)
        default = {name: _case(env, DEFAULT_TRANSACTIONS, shared=shared) for name, shared in cases.items()}
    figures: list[Figure] = []
    with home() as folder:
        env = environment(folder)
        run([*YUI, "migrate", "ledger", "-v0"], env)
        found = {name: _case(env, count, shared=shared) for name, shared in cases.items()}
        figures += _figures("SQLite", found, default)
    with home() as folder, postgresql() as url:
        env = environment(folder, DATABASE_URL=url)
        run([*YUI, "migrate", "ledger", "-v0"], env)
        found = {name: _case(env, count, shared=shared) for name, shared in cases.items()}
        figures += _figures("PostgreSQL (fsync off)", found, default)
    return figures
