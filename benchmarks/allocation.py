"""Sharing the sums of a roll-up among 23 wards to the yen."""

import time
from decimal import Decimal
from fractions import Fraction
from random import Random

from benchmarks.results import Figure
from yui.transition.costs.engine.allocation import allocate

SUMS = 100_000
SEED = 20260401
WARDS = 23


def measure(scale: float) -> list[Figure]:
    """Share random amounts by random weights, beside rounding each share alone."""
    random = Random(SEED)
    raw = [random.randint(60_000, 900_000) for _ward in range(WARDS)]
    weights = [Fraction(weight, sum(raw)) for weight in raw]
    plain = [Decimal(weight) / sum(raw) for weight in raw]
    amounts = [Decimal(random.randint(-(10**9), 10**9)) for _number in range(int(SUMS * scale))]
    ours, lost_by_us = _timed(lambda amount: allocate(amount, Decimal(1), weights), amounts)
    rounded, lost = _timed(lambda amount: [(amount * part).quantize(Decimal(1)) for part in plain], amounts)
    detail = {"sums": len(amounts), "yen_lost_by_rounding": str(lost)}
    beside = "each share rounded alone, which loses yen"
    return [
        Figure("share sums among 23 wards, CPU", ours, "CPU-s", rounded, beside, detail=detail),
        Figure("yen lost or made", float(lost_by_us), "yen", float(lost), beside, target=0, detail=detail),
    ]


def _timed(share, amounts):  # type: ignore[no-untyped-def]
    """Return the CPU seconds of sharing all amounts, and how many yen the shares are off in all."""
    begun, off = time.process_time(), Decimal(0)
    for amount in amounts:
        off += abs(sum(share(amount)) - amount)
    return time.process_time() - begun, off
