"""The real files: every event is one record, none is lost, none is made up."""

import gzip
import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.reading import read_records, read_stream


def counted(path):
    """Records by source, and reasons."""
    found = Counter()
    for item in read_records(Path(path)):
        if isinstance(item, Rejected):
            found[item.reason] += 1
        else:
            found[item.source] += 1
            assert item.time is not None or not item.source.product or "product" in item.fields, item.place
    return found


def lines(text):
    return sum(1 for line in text.splitlines() if line.strip())


def test_every_line_of_the_security_datasets_is_a_record(shared_data):
    archives = sorted((shared_data / "soc" / "otrf").rglob("*.zip"))
    assert archives
    for path in archives:
        with zipfile.ZipFile(path) as archive:
            expected = sum(lines(archive.read(name).decode()) for name in archive.namelist())
        found = counted(path)
        assert found.total() == expected, path
        assert all(not isinstance(one, str) for one in found), found


def test_a_real_line_has_the_fields_that_stand_in_it(shared_data):
    folder = shared_data / "soc" / "otrf" / "atomic" / "windows" / "execution"
    (path,) = folder.rglob("empire_launcher_vbs.zip")
    for item in read_records(path):
        assert item.fields == json.loads(item.raw)


@pytest.mark.parametrize("name", ["dns", "notice", "rdp", "kerberos", "ntlm", "ssh"])
def test_every_line_of_zeek_is_of_its_kind(shared_data, name):
    path = shared_data / "soc" / "zeek" / f"{name}.json.gz"
    found = counted(path)
    assert {source.service for source in found} == {name}
    assert found.total() == lines(gzip.decompress(path.read_bytes()).decode())


def test_every_event_of_cloudtrail_and_suricata_is_a_record(shared_data):
    trail = counted(shared_data / "soc" / "cloudtrail")
    assert trail.pop("not_a_log") == 1
    assert sum(trail.values()) == 1_131
    alerts = counted(shared_data / "soc" / "suricata")
    assert alerts.pop("not_a_log") == 1
    assert sum(alerts.values()) == 251


def test_generated_lanes_name_their_source_themselves(shared_data):
    found = counted(shared_data / "soc" / "rsigma-lanes")
    assert found.pop("not_a_log") == 2
    assert set(found.values()) == {10_000}
    assert {(source.product, source.category or source.service) for source in found} == {
        ("cisco", "aaa"),
        ("windows", "authentication"),
        ("windows", "process_creation"),
        ("windows", "file_event"),
        ("windows", ""),
    }


def test_a_real_evtx_file_cut_anywhere_is_told(shared_data):
    path = min((shared_data / "soc" / "sigma" / "regression_data").rglob("*.evtx.gz"))
    whole = gzip.decompress(path.read_bytes())
    records = sum(isinstance(item, LogRecord) for item in read_records(path))
    assert records
    cut = path.name.removesuffix(".gz")
    for length in (100, 4_096, 5_000, 6_000, 40_000, len(whole) - 1):
        from_cut = list(read_stream(cut, io.BytesIO(whole[:length])))
        assert sum(isinstance(item, LogRecord) for item in from_cut) <= records
        assert length == 4_096 or from_cut[-1].reason == "truncated"
