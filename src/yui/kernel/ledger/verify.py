"""Verifies chains in the database, and writes and reads the stand-alone form of the ledger.

The stand-alone form is a text file, one entry a line: the parts of the body joined by U+001F, then the
hash in hexadecimal. ``python -m yui.kernel.ledger.standalone FILE`` checks it with the standard library
alone, on any machine.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from yui.kernel.ledger.engine.chain import SEPARATOR, Fault, Row, verify_rows
from yui.kernel.ledger.models import Chain, Entry

_COLUMNS = ("sequence", "at_us", "actor", "verb", "subject", "payload", "hash")


@dataclass(frozen=True)
class ChainVerdict:
    """What the check of one chain found."""

    organisation_code: str
    entries: int
    head: str
    fault: Fault | None

    @property
    def holds(self) -> bool:
        """Whether every entry follows from the one before it, up to the recorded head."""
        return self.fault is None


def _rows(organisation_code: str) -> Iterator[Row]:
    """Read one chain in order, a few thousand rows at a time."""
    entries = Entry.objects.filter(organisation_code=organisation_code).order_by("sequence")
    return entries.values_list(*_COLUMNS).iterator(chunk_size=5000)


def verify_chain(organisation_code: str) -> ChainVerdict:
    """Check one chain against its recorded head."""
    count, last, fault = verify_rows(organisation_code, _rows(organisation_code))
    head = Chain.objects.filter(organisation_code=organisation_code).values_list("length", "head").first()
    if fault is None and head is None:
        fault = Fault(organisation_code, 0, "the chain's head is missing")
    if fault is None and head is not None and (head[0] != count or bytes(head[1]) != last):
        fault = Fault(organisation_code, count + 1, "entries after this are missing or the head was changed")
    return ChainVerdict(organisation_code, count, last.hex(), fault)


def verify_all() -> list[ChainVerdict]:
    """Check every chain, also those of which only entries or only a head are left."""
    codes = set(Chain.objects.values_list("organisation_code", flat=True))
    codes |= set(Entry.objects.order_by().values_list("organisation_code", flat=True).distinct())
    return [verify_chain(code) for code in sorted(codes)]


def heads() -> dict[str, tuple[int, str]]:
    """Return length and head of every chain: an anchor to keep elsewhere."""
    return {c.organisation_code: (c.length, bytes(c.head).hex()) for c in Chain.objects.all()}


def write_standalone(target: TextIO) -> int:
    """Write every chain in the stand-alone form; return the number of entries."""
    written = 0
    for code in Chain.objects.order_by("organisation_code").values_list("organisation_code", flat=True):
        for row in _rows(code):
            parts = (code, *(str(part) for part in row[:6]), bytes(row[6]).hex())
            target.write(SEPARATOR.join(parts) + "\n")
            written += 1
    return written


def export_to(path: Path) -> int:
    """Write the stand-alone form to ``path``."""
    with path.open("w", encoding="utf-8", newline="\n") as target:
        return write_standalone(target)


def against_anchor(verdicts: list[ChainVerdict], anchor: Mapping[str, tuple[int, str]]) -> list[ChainVerdict]:
    """Return the verdicts, faulted where a chain no longer contains the head that ``anchor`` remembers.

    A chain that was shortened or rewritten from some entry on can hold in itself; against heads kept
    elsewhere it cannot.
    """
    by_code = {verdict.organisation_code: verdict for verdict in verdicts}
    for code, (length, head) in anchor.items():
        stored = (
            Entry.objects.filter(organisation_code=code, sequence=length)
            .values_list("hash", flat=True)
            .first()
        )
        if length and (stored is None or bytes(stored).hex() != head):
            known = by_code.get(code) or ChainVerdict(code, 0, "", None)
            fault = known.fault or Fault(code, length, "differs from the anchor")
            by_code[code] = replace(known, fault=fault)
    return list(by_code.values())
