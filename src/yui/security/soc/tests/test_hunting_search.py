"""A hunt finds what a plain reading of its words finds, within reach and span only."""

import re
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yui.kernel.lake.errors import LakeQueryTooLong
from yui.kernel.lake.models import LakeFile
from yui.kernel.lake.publishing import supersede
from yui.kernel.lake.reach import Reach
from yui.security.soc.engine.hunting.parsing import parse_hunt
from yui.security.soc.engine.hunting.tree import Comparison, Every, FieldTest, Hunt, Some, Without, Words
from yui.security.soc.event_store import building
from yui.security.soc.event_store.clocks import DAY, HOUR, SECOND
from yui.security.soc.event_store.dataset import NORMALISED
from yui.security.soc.event_store.reading import Span
from yui.security.soc.event_store.writing import EventStore
from yui.security.soc.queries.hunting.search import search, width_of
from yui.security.soc.tests.test_store_append import NOON, OTHER, WARD, event, ids

pytestmark = pytest.mark.django_db
ALL = Reach.everything("a test")
HOURS = Span(NOON, NOON + 6 * HOUR)


def normalised(_source, fields, _count):
    values = dict.fromkeys(NORMALISED)
    values |= {"user": fields.get("User"), "src_port": fields.get("port")}
    return list(values.values())


def put(*records, ward=WARD):
    EventStore(normalised).append(ward, records, [NOON] * len(records), ids(*range(len(records))))


def found(text, *, reach=ALL, span=HOURS, **limits):
    answer = search(reach, parse_hunt(text), span, **limits)
    return [hit.event_id for hit in answer.hits]


@pytest.fixture
def few(organisations):
    """Four events of two hours."""
    put(
        event(0, time=NOON, Channel="Sysmon", EventID=1, Image="C:\\Tools\\Mimikatz.exe", User="LAB\\a"),
        event(1, time=NOON + 1, Channel="Security", EventID=4624, IpAddress="10.1.2.3", port=445),
        event(2, time=NOON + HOUR, Channel="Sysmon", EventID=3, tags=["one", "Two"], Image="c:\\x.exe"),
        event(3, time=NOON + 2 * HOUR, note="100% mimikatz", odd=[1, {"k": "v"}], Image=None),
    )


@pytest.mark.parametrize(
    "text, numbers",
    [
        ("", [3, 2, 1, 0]),
        ('Image contains "MIMIKATZ"', [0]),
        ("image endswith mimikatz.EXE", [0]),
        ("Image like C:\\*.exe", [2, 0]),
        ("note like 100%*", [3]),
        ("note like 1?0%*", [3]),
        ("note like 1_0%*", []),
        ("Image matches ^c:.x[.]exe$", [2]),
        ("tags = two", [2]),
        ("tags startswith TW", [2]),
        ("tags endswith ne", [2]),
        ("tags = onetwo", []),
        ("EventID > 3", [1]),
        ("EventID in (1, 3)", [2, 0]),
        ("EventID != 1", [3, 2, 1]),
        ("not EventID exists", [3]),
        ("Image exists", [2, 0]),
        ("IpAddress cidr 10.1.0.0/16", [1]),
        ("IpAddress cidr 10.2.0.0/16", []),
        ("channel = sysmon", [2, 0]),
        ("src_port = 445", [1]),
        ("src_port >= 445", [1]),
        ("user contains lab", [0]),
        ("f.User = 'LAB\\a'", [0]),
        ("ward = 131032 EventID = 3", [2]),
        ("'raw 2'", [2]),
        ("odd contains k", [3]),
        ("nowhere = 1", []),
        ("not nowhere = 1 | sort EventID | limit 3", [0, 2, 1]),
        ("| sort time", [0, 1, 2, 3]),
    ],
)
def test_each_comparison(few, text, numbers):
    assert found(text) == ids(*numbers)


def test_the_overview_counts_time_wards_and_fields(few):
    put(event(9, time=NOON + 1, EventID=1), ward=OTHER)
    answer = search(ALL, parse_hunt("EventID exists"), HOURS)
    assert answer.total == 4
    assert answer.by_ward == ((WARD, 3), (OTHER, 1))
    assert dict(answer.by_field) == {
        "EventID": 4, "Channel": 3, "Image": 2, "IpAddress": 1, "User": 1, "port": 1, "tags": 1,
    }  # fmt: skip
    assert [(one.start, one.count) for one in answer.buckets] == [(NOON, 3), (NOON + HOUR, 1)]
    assert not answer.is_cut
    assert search(ALL, parse_hunt(""), HOURS, most=2).is_cut


def test_counting_by_fields(few):
    answer = search(ALL, parse_hunt("| count by Channel, ward"), HOURS)
    assert [(one.values, one.count) for one in answer.counted] == [
        (("Sysmon", WARD), 2), (("Security", WARD), 1), ((None, WARD), 1),
    ]  # fmt: skip
    assert (answer.counted[0].first, answer.counted[0].last) == (NOON, NOON + HOUR)
    assert search(ALL, parse_hunt("| count by Channel"), HOURS, most=2).is_cut


def test_nothing_beyond_reach_or_span_is_found(few):
    stranger = Reach(frozenset({OTHER}), None, "test")
    assert found("", reach=stranger) == []
    assert found("", reach=stranger, wards=[WARD]) == []
    assert found("ward = 131032", reach=stranger) == []
    assert search(stranger, parse_hunt(""), HOURS, wards=[WARD]).total == 0
    assert found("", span=Span(NOON + 1, NOON + HOUR)) == ids(1)
    assert found("", wards=[OTHER]) == []


def test_columns_show_lists_and_what_has_no_column(few):
    answer = search(ALL, parse_hunt("tags exists or odd exists | columns tags, odd, time, nowhere"), HOURS)
    assert [hit.values[:2] for hit in answer.hits] == [(None, '1, {"k":"v"}'), ("one, Two", None)]
    assert answer.hits[0].values[3] is None


def test_a_search_that_takes_too_long_is_given_up(few, monkeypatch):
    from yui.security.soc.queries.hunting import search as module

    monkeypatch.setattr(
        module,
        "IN_SPAN",
        f"{module.IN_SPAN} AND (SELECT sum(a.range*b.range) FROM range(900000) a, range(900000) b) > 0",
    )
    with pytest.raises(LakeQueryTooLong):
        search(ALL, parse_hunt(""), HOURS, seconds=0.3)


@pytest.mark.parametrize(
    "name", ["{lake}", 'x" OR true --', "'; DROP TABLE x; --", "~/x", "a.b[0]", "$p0", "日本語", "x" * 200]
)
def test_hostile_names_are_only_names(organisations, name):
    put(event(0, **{name: "yes", "Image": "x"}), event(1, Image="y"))
    assert found(f"`f.{name}` = yes | columns `{name}` | sort `{name}`") == ids(0)
    assert found(f"`f.{name}` != yes") == ids(1)


def test_columns_of_the_histogram_are_few():
    assert width_of(Span(NOON, NOON + HOUR)) == 60
    assert width_of(Span(NOON, NOON + 7 * DAY)) == 3 * 3600
    assert width_of(Span(NOON, NOON + SECOND)) == 1
    assert width_of(Span(NOON, NOON + 5000 * DAY)) == 30 * 86_400


TEXTS = st.text(alphabet='aAbB.*%_\\é1/~"', max_size=4)
FIELDS = st.sampled_from(["Image", "IMAGE", "tags", "a.b", "n", "x y"])
VALUES = st.one_of(
    TEXTS, st.integers(-5, 30), st.lists(TEXTS, max_size=3), st.none(), st.sampled_from(["10.0.0.7"])
)
NETWORKS = st.sampled_from(["10.0.0.0/29", "10.0.0.8/29"])
TESTS = st.one_of(
    st.builds(
        FieldTest, FIELDS,
        st.sampled_from([Comparison.EQUALS, Comparison.CONTAINS, Comparison.STARTSWITH, Comparison.ENDSWITH]),
        TEXTS.filter(bool),
    ),
    st.builds(FieldTest, FIELDS, st.just(Comparison.GREATER), st.integers(-3, 20).map(str)),
    st.builds(FieldTest, FIELDS, st.just(Comparison.IN_NETWORK), NETWORKS),
    st.builds(FieldTest, FIELDS, st.just(Comparison.EXISTS)),
    st.builds(Words, st.sampled_from(["raw 1", "RAW", "x"])),
)  # fmt: skip
CONDITIONS = st.recursive(
    TESTS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: Every(tuple(items))),
        st.lists(inner, max_size=3).map(lambda items: Some(tuple(items))),
        inner.map(Without),
    ),
    max_leaves=5,
)


def holds(condition, record):
    """Read a condition as its words say, without SQL."""
    if isinstance(condition, Every):
        return all(holds(item, record) for item in condition.items)
    if isinstance(condition, Some):
        return any(holds(item, record) for item in condition.items)
    if isinstance(condition, Without):
        return not holds(condition.item, record)
    if isinstance(condition, Words):
        return condition.text.lower() in record.raw.lower()
    values = [v for name, v in record.fields.items() if name.casefold() == condition.field.casefold()]
    if condition.comparison is Comparison.EXISTS:
        return any(value is not None for value in values)
    return any(
        passes(condition, one) for value in values for one in (value if isinstance(value, list) else [value])
    )


def passes(test, value):
    if value is None:
        return False
    text, wanted = str(value).lower(), test.value.lower()
    match test.comparison:
        case Comparison.EQUALS:
            return text == wanted
        case Comparison.CONTAINS:
            return wanted in text
        case Comparison.STARTSWITH:
            return text.startswith(wanted)
        case Comparison.ENDSWITH:
            return text.endswith(wanted)
        case Comparison.GREATER:
            return bool(re.fullmatch(r"-?\d+(\.\d*)?|\.\d+", text)) and float(text) > float(wanted)
        case _:
            return text == "10.0.0.7" and ip_address(text) in ip_network(wanted)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_sql_and_a_plain_reading_agree(organisations, monkeypatch, data):
    supersede(LakeFile.objects.all(), by="the last example")
    monkeypatch.setattr(building, "MOST_COLUMNS", data.draw(st.sampled_from([0, 1, 500])))
    # Of two fields that differ by case alone, the first one counts: not tried here.
    row = st.dictionaries(FIELDS, VALUES, max_size=4).filter(
        lambda row: len(row.keys() & {"Image", "IMAGE"}) < 2
    )
    rows = data.draw(st.lists(row, min_size=1, max_size=8))
    records = [event(n)._replace(fields=row) for n, row in enumerate(rows)]
    put(*records)
    for condition in data.draw(st.lists(CONDITIONS, min_size=1, max_size=6)):
        answer = search(ALL, Hunt(condition), HOURS)
        expected = {
            key
            for key, record in zip(ids(*range(len(records))), records, strict=True)
            if holds(condition, record)
        }
        assert {hit.event_id for hit in answer.hits} == expected
