"""Fills a lake with recorded events drawn anew, and hunts there; run by ``benchmarks.soc_retrohunt``."""

import hashlib
import shutil
import tarfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.publishing import publish
from yui.kernel.lake.reach import Reach
from yui.kernel.lake.staging import stage_file, workspace
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.hunting.parsing import parse_hunt
from yui.security.soc.engine.ocsf import ocsf_columns_of_kind
from yui.security.soc.engine.records import LogRecord
from yui.security.soc.engine.sigma import CompiledRules, load_rules
from yui.security.soc.event_store.arriving import Arrived
from yui.security.soc.event_store.building import build
from yui.security.soc.event_store.clocks import DAY, hour_part
from yui.security.soc.event_store.dataset import events
from yui.security.soc.event_store.event_ids import event_id
from yui.security.soc.event_store.gathering import Gathered
from yui.security.soc.event_store.reading import Span
from yui.security.soc.event_store.retro_hunt import retro_hunt
from yui.security.soc.event_store.writing import ROWS_PER_GROUP, EventStore, parquet_options
from yui.security.soc.formats.reading import read_records
from yui.security.soc.queries.hunting.search import search

SEED = 20261126
WARDS = 5
ROWS_PER_FILE = 400_000
DISTINCT = 5
LAST_DAY = 1_795_651_200_000_000 // DAY * DAY
RULES = (
    "proc_creation_win_powershell_encode",
    "proc_creation_win_hktl_empire_powershell_launch",
    "registry_set_bypass_uac_using_delegateexecute",
    "proc_access_win_lsass_dump_keyword_image",
    "win_security_susp_lsass_dump_generic",
)
KEYWORD_RULE = "win_alert_mimikatz_keywords"
QUESTIONS = (
    'Image endswith "\\powershell.exe" and EventID = 1 | count by host',
    "TargetImage contains lsass | count by SourceImage",
    "process contains powershell command_line contains hidden",
)


def recorded(soc: Path) -> list[LogRecord]:
    """Return the recorded Windows events."""
    found = (item for path in sorted((soc / "otrf").rglob("*.zip")) for item in read_records(path))
    return [item for item in found if isinstance(item, LogRecord) and item.source.product == "windows"]


def store_us(records: list[LogRecord]) -> float:
    """Return the CPU time that storing takes for one event, in batches of 20,000, the median of five."""
    store, times = EventStore(ocsf_columns_of_kind), []
    for number in range(6):
        part = records[:20_000]
        ids = [event_id(number, at) for at in range(len(part))]
        begun = time.process_time()
        store.append("131016", part, [LAST_DAY] * len(part), ids)
        times.append((time.process_time() - begun) / len(part) * 1e6)
    LakeFile.objects.all().delete()
    return sorted(times[1:])[2]


def fill(records: list[LogRecord], count: int) -> int:
    """Write the files of all wards; return how many events there are."""
    times = np.zeros(len(records), dtype=np.int64)
    ids = [bytes(16)] * len(records)
    base = build(Arrived(Gathered(records), ids, times, times, {}), ocsf_columns_of_kind).table
    # Text of gigabytes needs wide offsets while rows are drawn.
    wide = base.set_column(base.schema.get_field_index("raw"), "raw", base["raw"].cast(pa.large_string()))
    ranks = ranks_of(base)
    draw = np.random.default_rng(SEED)
    wards = [ward.code for ward in Organisation.objects.wards()][:WARDS]
    files = max(1, round(count / (WARDS * ROWS_PER_FILE)))
    rows = min(ROWS_PER_FILE, count // (WARDS * files))
    with workspace() as folder:
        first = []
        for number in range(min(DISTINCT, files)):
            table = drawn(wide, ranks, draw, rows, LAST_DAY)
            first.append(folder / f"first-{number}.parquet")
            options = parquet_options(table.schema.names)
            pq.write_table(table, first[-1], row_group_size=ROWS_PER_GROUP, **options)
        for number in range(files):
            part = hour_part(LAST_DAY - number * DAY)[:10]
            for ward in wards:
                copy = folder / f"{ward}.parquet"
                shutil.copyfile(first[number % len(first)], copy)
                staged = stage_file(
                    events(), copy, organisation_code=ward, month=part[:7], part=part, folder=part,
                    is_lasting=False,
                )  # fmt: skip
                publish([staged], batch=f"{ward}-{part}")
    return files * rows * len(wards)


def ranks_of(base: pa.Table) -> np.ndarray:
    """Return for each row its place in the store's order of routes."""
    keys = [(name, "ascending") for name in ("product", "service", "channel", "event_number")]
    columns = [base[name].cast(pa.string()) if name != "event_number" else base[name] for name, _ in keys]
    order = pc.sort_indices(pa.table(columns, [name for name, _ in keys]), sort_keys=keys).to_numpy()
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = np.arange(len(order))
    return ranks


def drawn(base: pa.Table, ranks: np.ndarray, draw: np.random.Generator, rows: int, day: int) -> pa.Table:
    """Return rows drawn from ``base`` with identifiers and times of their own, in the order of the store."""
    chosen = draw.integers(0, base.num_rows, rows)
    table = base.take(pa.array(chosen[np.argsort(ranks[chosen], kind="stable")]))
    identifiers = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(16), rows, [None, pa.py_buffer(draw.bytes(16 * rows))]
    ).cast(pa.binary())
    stamps = pa.array(day + draw.integers(0, DAY, rows)).cast(pa.timestamp("us"))
    for name, column in (("event_id", identifiers), ("time", stamps), ("received", stamps)):
        table = table.set_column(table.schema.get_field_index(name), name, column)
    return table


def rules_of(soc: Path) -> dict[str, CompiledRules]:
    """Return the rules by the names of their files."""
    with tarfile.open(soc / "sigma" / "rules.tar.gz") as archive:
        found = {
            Path(name).stem: archive.extractfile(name).read().decode()
            for name in archive.getnames()
            if Path(name).stem in {*RULES, KEYWORD_RULE}
        }
    return {name: load_rules([(name, text)]).rules for name, text in found.items()}


def hunted(name: str, rules: CompiledRules, reach: Reach, span: Span) -> dict[str, object]:
    """Hunt for a rule; return time, CPU and what was found."""
    cpu = time.process_time()
    found = retro_hunt(reach, rules, span)
    digest = hashlib.sha256(b"".join(sorted(one.event.event_id for one in found.found))).hexdigest()[:12]
    return {
        "rule": name, "seconds": round(found.seconds, 2), "cpu": round(time.process_time() - cpu, 2),
        "looked_at": found.events, "matches": len(found.found), "is_cut": found.is_cut,
        "candidates": found.candidates, "digest": digest,
    }  # fmt: skip


def main(events_wanted: str, folder: str) -> dict[str, object]:
    """Fill the lake, hunt, and tell what was found."""
    count, soc = int(events_wanted), Path(folder)
    records = recorded(soc)
    cost = store_us(records)
    begun = time.monotonic()
    total = fill(records, count)
    filled = time.monotonic() - begun
    del records
    reach, span = Reach.everything("a benchmark"), Span(LAST_DAY - 900 * DAY, LAST_DAY + 2 * DAY)
    rules = rules_of(soc)
    hunts = [hunted(name, rules[name], reach, span) for name in RULES]
    one_day = Span(LAST_DAY, LAST_DAY + DAY)
    hunts.append(hunted(KEYWORD_RULE, rules[KEYWORD_RULE], reach, one_day) | {"is_keyword": True})
    questions = []
    for text in QUESTIONS:
        answer = search(reach, parse_hunt(text), span, seconds=600)
        questions.append({"question": text, "seconds": round(answer.seconds, 2), "found": answer.total})
    files = LakeFile.objects.live()
    size = sum(files.values_list("bytes", flat=True))
    return {
        "events": total, "files": files.count(), "bytes": size, "store_us": cost, "fill_seconds": filled,
        "hunts": hunts, "questions": questions,
    }  # fmt: skip
