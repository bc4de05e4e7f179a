"""How fast rankings are worked out: every order of six options exactly, and a million drawn weights."""

import time
from collections.abc import Callable

import numpy as np

from benchmarks.results import Figure
from yui.governance.priorities.engine.acceptability import drawn_acceptability, exact_acceptability

SEED, DRAWS, RUNS = 20260401, 1_000_000, 3


def measure(scale: float) -> list[Figure]:
    """Return the seconds of both, the best of three runs each, and how far the shares are from adding up."""
    random = np.random.default_rng(SEED)
    six, nine = random.uniform(1, 5, (6, 5)), random.uniform(1, 5, (9, 5))
    draws = max(10_000, round(DRAWS * scale))
    found = exact_acceptability(six)
    off = abs(sum(found.orders.values()) - 1)
    detail = {"orders": len(found.orders), "draws": draws}
    return [
        Figure(
            "all orders of six options, exactly", _best(lambda: exact_acceptability(six)), "s", target=0.7
        ),
        Figure("the shares are off 1 by", off, "", target=1e-9, detail=detail),
        Figure(
            "nine options, five criteria, a million weights",
            _best(lambda: drawn_acceptability(nine, draws=draws)),
            "s",
            target=1.0,
        ),
    ]


def _best(work: Callable[[], object]) -> float:
    times = []
    for _run in range(RUNS):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)
