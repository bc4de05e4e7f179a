"""By whole columns, events get exactly the OCSF columns that each would get alone."""

from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.security.soc.engine.ocsf import OcsfColumns, ocsf_columns, ocsf_columns_of_kind
from yui.security.soc.engine.ocsf.tables import routing_fields, tables
from yui.security.soc.engine.records import LogRecord, LogSource
from yui.security.soc.event_store.gathering import Gathered
from yui.security.soc.formats.reading import read_records
from yui.security.soc.tests.test_ocsf_plans import NAMES, PLANS

TEXTS = st.sampled_from(
    ["", "-", "x", "10.0.0.1", "443", "70000", "SHA256=" + "A" * 64, "1", "4624", "Failed"]
)
OF_ONE_TYPE = (
    TEXTS,
    st.text(max_size=6),
    st.integers(-9, 70_000),
    st.booleans(),
    st.none(),
    st.floats(allow_nan=False),
    st.lists(TEXTS, max_size=2),
)


def alone(source, fields, count):
    rows = zip(*fields.values(), strict=True) if fields else [()] * count
    records = [LogRecord(source, None, dict(zip(fields, row, strict=True)), "") for row in rows]
    return [ocsf_columns(record) for record in records]


def together(source, fields, count):
    columns = ocsf_columns_of_kind(source, fields, count)
    filled = [[None] * count if values is None else values for values in columns]
    return [OcsfColumns(*row) for row in zip(*filled, strict=True)]


@st.composite
def kinds(draw):
    """Events of a plan's source with the same fields, which decide by value where they can."""
    product, part, key = draw(st.sampled_from(PLANS))
    table = tables()[product, part]
    count = draw(st.integers(1, 6))

    def values(of):
        return draw(st.lists(of, min_size=count, max_size=count))

    names = draw(st.lists(st.sampled_from([*NAMES, *routing_fields()]), max_size=10, unique=True))
    fields = {name: values(draw(st.sampled_from(OF_ONE_TYPE))) for name in names}
    source = LogSource(product, draw(st.sampled_from(["", "webserver", "process_creation"])), part)
    if table.key == "@service":
        source = source._replace(service=key)
    elif draw(st.booleans()):
        fields[table.key] = values(st.sampled_from([*sorted(table.plans), "no such"]))
    if product == "windows" and draw(st.booleans()):
        fields["Channel"] = values(st.sampled_from([part, part, "elsewhere"]))
    for plan in table.plans[key]:
        fields |= {name: values(st.sampled_from([*sorted(told), "other"])) for name, told in plan.when}
    return source, fields, count


@given(kinds())
@settings(max_examples=400, deadline=None)
def test_together_as_alone(kind):
    assert together(*kind) == alone(*kind)


def test_columns_taken_over_are_not_copied():
    users = ["a", "b"]
    fields = {"Channel": ["Microsoft-Windows-Sysmon/Operational"] * 2, "EventID": [1, 1], "User": users}
    found = OcsfColumns(*ocsf_columns_of_kind(LogSource("windows"), fields, 2))
    assert found.user is users
    assert found.class_uid == [1007, 1007]


@pytest.mark.parametrize("folder", ["otrf/atomic", "zeek", "suricata", "cloudtrail"])
def test_real_events_together_as_alone(shared_data, folder):
    found = read_records(Path(shared_data / "soc" / folder))
    records = [item for item in islice(found, 20_000) if isinstance(item, LogRecord)]
    looked_at = 0
    for kind in Gathered(records).kinds():
        fields = dict(zip(kind.shape.names, kind.columns, strict=True))
        found = together(kind.source, fields, len(kind.positions))
        assert found == [ocsf_columns(records[at]) for at in kind.positions]
        looked_at += len(found)
    assert looked_at == len(records) > 0
