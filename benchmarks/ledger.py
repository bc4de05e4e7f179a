"""Stand-alone verification of an exported ledger of a million entries."""

import sys
from pathlib import Path

from benchmarks.processes import environment, home, medians, run
from benchmarks.results import Figure
from yui.kernel.ledger.engine.chain import GENESIS, SEPARATOR, canonical_json, entry_hash

ENTRIES = 1_000_000
CHAINS = 23
RUNS = 3
TARGET_PER_SECOND = 1_000_000.0
HASH_ALONE = "import hashlib,sys;print(hashlib.file_digest(open(sys.argv[1],'rb'),'sha256').hexdigest())"


def write_ledger(file: Path, entries: int) -> None:
    """Write ``entries`` entries in ``CHAINS`` chains, in the form of ``yui ledger export``."""
    payload = canonical_json(
        {"summary": "架空システムを変更しました。", "changes": {"rto_hours": [24, 12]}, "data": {}}
    )
    with file.open("w", encoding="utf-8", newline="\n") as target:
        for chain in range(CHAINS):
            code, previous = f"{131_000 + chain:06d}", GENESIS
            for sequence in range(1, entries // CHAINS + (chain < entries % CHAINS) + 1):
                subject = f"yui:registry.system:{sequence % 3000}"
                parts = (
                    sequence,
                    1_790_000_000_000_000 + sequence,
                    "user:12|架空 職員",
                    "registry.system.update",
                    subject,
                    payload,
                )
                previous = entry_hash(previous, code, parts)
                target.write(SEPARATOR.join((code, *map(str, parts), previous.hex())) + "\n")


def measure(scale: float) -> list[Figure]:
    """Verify the file in a process of its own, beside hashing the same bytes once."""
    entries = int(ENTRIES * scale)
    with home() as folder:
        file, env = folder / "ledger.txt", environment(folder)
        write_ledger(file, entries)
        verify = medians(
            RUNS, lambda: run([sys.executable, "-m", "yui.kernel.ledger.standalone", str(file)], env)
        )
        if not verify.output.startswith(f"{entries} entries hold"):
            raise RuntimeError(verify.output)
        alone = medians(RUNS, lambda: run([sys.executable, "-c", HASH_ALONE, str(file)], env))
        size = file.stat().st_size
    detail = {
        "entries": entries,
        "bytes": size,
        "wall": verify.wall,
        "cpu": verify.cpu,
        "sha256_cpu": alone.cpu,
    }
    return [
        Figure(
            "verify a ledger, wall",
            entries / verify.wall,
            "records/s",
            entries / alone.wall,
            "sha256 over the same bytes",
            TARGET_PER_SECOND,
            at_least=True,
            detail=detail,
        ),
        Figure(
            "verify a ledger, one core",
            entries / verify.cpu,
            "records/CPU-s",
            entries / alone.cpu,
            "sha256 over the same bytes",
            at_least=True,
        ),
    ]
