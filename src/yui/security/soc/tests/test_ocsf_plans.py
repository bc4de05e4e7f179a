"""Every plan of the mapping tables gives a sound event, whatever the record lacks or says."""

import json
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.security.soc.engine.ocsf import normalise, ocsf_columns
from yui.security.soc.engine.ocsf.tables import COLUMNS, event_classes, tables
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.formats.reading import read_records
from yui.security.soc.tests.ocsf_schema import CLASSES, faults

TIME = 1_767_323_045_678_901


def record(fields, source):
    return LogRecord(source, TIME, fields, json.dumps(fields), "x:1")


def test_classes_of_the_tables_are_those_of_the_schema():
    for known in event_classes().values():
        name, category, _, _ = CLASSES[known.uid]
        assert (known.name, known.category) == (name, category)
    assert set(COLUMNS) >= {column for known in event_classes().values() for column in known.paths}


PLANS = [
    (product, part, key) for (product, part), table in sorted(tables().items()) for key in sorted(table.plans)
]


@pytest.mark.parametrize(("product", "part", "key"), PLANS)
def test_every_plan_gives_a_sound_event_from_an_empty_record(product, part, key):
    table = tables()[(product, part)]
    for plan in table.plans[key]:
        fields = {name: sorted(values)[0] for name, values in plan.when}
        fields |= {table.key: key} if table.key != "@service" else {}
        source = LogSource(
            product, "webserver" if part in ("", "iis") and product in ("", "windows") else "", part
        )
        if table.key == "@service":
            source = source._replace(service=key)
        if product == "windows" or part.startswith("linux-"):
            fields["Channel"] = part
        event = normalise(record(fields, source))
        assert event is not None
        assert faults(event) == []


VALUES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.lists(st.text(max_size=5), max_size=3)
)
EVERY_PLAN = [plan for table in tables().values() for plans in table.plans.values() for plan in plans]
NAMES = sorted(
    {"message"}
    | {name for plan in EVERY_PLAN for _, names in (*plan.attributes, *plan.columns) for name in names}
)


@given(
    st.sampled_from(PLANS),
    st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=12),
    st.none() | st.integers(0, 2**52),
)
@settings(max_examples=150, deadline=None)
def test_whatever_the_fields_say_the_event_is_sound(plan, fields, time):
    product, part, key = plan
    table = tables()[(product, part)]
    if table.key == "@service":
        source = LogSource(product, "", key)
    else:
        source, fields = LogSource(product, "", part), fields | {table.key: key}
    if product == "windows":
        fields = fields | {"Channel": part}
    item = LogRecord(source, time, fields, "raw\ud800", "x")
    found = ocsf_columns(item)
    assert all(
        value is None or isinstance(value, int) for value in (*found[:3], found.src_port, found.dst_port)
    )
    event = normalise(item)
    if event is not None:
        assert faults(event) == []
        orjson.dumps(event)


SHARES = {
    "otrf/atomic": 0.92,
    "sigma/regression_data": 0.97,
    "zeek": 0.99,
    "suricata": 1.0,
    "cloudtrail": 1.0,
}


@pytest.mark.parametrize("folder", SHARES)
def test_real_events_have_a_class_and_are_sound(shared_data, folder):
    records = [
        item for item in read_records(Path(shared_data / "soc" / folder)) if isinstance(item, LogRecord)
    ]
    classes = [ocsf_columns(item).class_uid for item in records]
    assert sum(one is not None for one in classes) / len(records) >= SHARES[folder]
    for item in records[:: max(len(records) // 3_000, 1)]:
        event = normalise(item)
        if event is not None:
            assert faults(event) == []
