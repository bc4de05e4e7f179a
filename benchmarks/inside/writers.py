"""One writer: appends to a chain, one entry and one transaction at a time."""

import time
from typing import Any

from django.db import OperationalError, connection, transaction

from yui.kernel.ledger.append import Act, append
from yui.kernel.ledger.models import Chain

PAYLOAD = {"summary": "架空の変更", "changes": {"rto_hours": [24, 12]}, "data": {}}


def _write(chain: str, number: int) -> None:
    """Read, then append, as an operation does."""
    with transaction.atomic():
        Chain.objects.filter(organisation_code=chain).first()
        append(chain, [Act("writer", "benchmark.record.change", f"yui:benchmark:{number}", PAYLOAD)])


def main(chain: str, transactions: str, begin: str) -> dict[str, Any]:
    """Wait for the common moment, write, and return what was committed and what the database refused."""
    connection.ensure_connection()
    time.sleep(max(0.0, float(begin) - time.time()))
    begun, longest = time.time(), 0.0
    refusals: list[str] = []
    for number in range(int(transactions)):
        started = time.perf_counter()
        try:
            _write(chain, number)
        except OperationalError as error:
            refusals.append(str(error))
        longest = max(longest, time.perf_counter() - started)
    committed = int(transactions) - len(refusals)
    return {
        "begun": begun,
        "ended": time.time(),
        "committed": committed,
        "errors": len(refusals),
        "refusals": sorted(set(refusals)),
        "longest_ms": longest * 1000,
    }
