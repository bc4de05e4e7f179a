"""CSV, TSV, Zeek's own format and W3C: typed cells, and each bad row named."""

import io

import pytest

from yui.security.soc.engine.records import LogRecord, LogSource, Rejected
from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.formats.reading import read_stream

ZEEK = (
    "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n#open\t2026\n"
    "#fields\tts\tuid\tid.orig_h\tid.resp_p\trtt\tanswers\tTTLs\tAA\tquery\tnote\n"
    "#types\ttime\tstring\taddr\tport\tinterval\tvector[string]\tset[interval]\tbool\tstring\tstring\n"
    "1700000000.123456\tC1\t10.0.0.1\t53\t0.5\ta,b\t1.5,2\tT\tx\\x09y\t(empty)\n"
    "1700000001.0\tC2\t10.0.0.1\t-\t-\t(empty)\t-\tF\t-\t-\n"
    "too\tfew\n"
    "#close\t2026-01-01\n"
)


def read(content, name, **limits):
    content = content if isinstance(content, bytes) else content.encode()
    return list(read_stream(name, io.BytesIO(content), limits=ReadLimits(**limits)))


def records(items):
    return [item for item in items if isinstance(item, LogRecord)]


def places(items):
    return [(item.place, item.reason) for item in items if isinstance(item, Rejected)]


def test_zeek_cells_have_their_declared_types():
    first, second, bad = read(ZEEK, "dns.log")
    assert first.source == LogSource("zeek", "", "dns")
    assert first.time == 1_700_000_000_123_456
    assert first.fields == {
        "ts": 1700000000.123456,
        "uid": "C1",
        "id.orig_h": "10.0.0.1",
        "id.resp_p": 53,
        "rtt": 0.5,
        "answers": ["a", "b"],
        "TTLs": [1.5, 2],
        "AA": True,
        "query": "x\ty",
        "note": "",
    }
    assert second.fields == {
        "ts": 1700000001.0,
        "uid": "C2",
        "id.orig_h": "10.0.0.1",
        "answers": [],
        "AA": False,
    }
    assert (bad.place, bad.reason) == ("dns.log:11", "ragged_row")


def test_a_zeek_log_joined_from_two_is_read_by_both_headers():
    second = ZEEK.replace("#path\tdns", "#path\tother")
    assert [item.source.service for item in records(read(ZEEK + second, "x"))] == [
        "dns",
        "dns",
        "other",
        "other",
    ]


def test_w3c_is_read_by_its_header():
    text = (
        "#Software: Microsoft IIS 10.0\n#Fields: date time s-ip cs-method cs-uri-stem "
        "cs-uri-query c-ip cs(User-Agent) sc-status\n"
        "2026-01-02 03:04:05 10.0.0.2 GET /a.aspx id=1 10.0.0.1 Mozilla/5.0+(x) 200\n"
        "2026-01-02 03:04:06 short\n"
    )
    good, bad = read(text, "u_ex.log")
    assert good.source == LogSource("windows", "webserver", "iis")
    assert good.time == 1_767_323_045_000_000
    assert good.fields["cs-user-agent"] == "Mozilla/5.0 (x)"
    assert (bad.place, bad.reason) == ("u_ex.log:4", "ragged_row")


TABLE = '時刻,利用者,詳細\n2026/01/02 12:04:05,花子,"改行\nと, と""引用"""\n2026/01/02 12:04:06,太郎,x\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_is_read_in_every_encoding(encoding, delimiter):
    text = TABLE if delimiter == "," else TABLE.replace("と,", "と").replace(",", delimiter)
    first, second = read(text.encode(encoding), "x.csv")
    assert first.fields["利用者"] == "花子"
    assert first.fields["詳細"].startswith("改行\nと")
    assert first.place == "x.csv:2-3"
    assert second.place == "x.csv:4"


def test_a_table_is_told_by_content_too():
    items = read("host,user,action\na,b,c\nd,e,f\n", "audit.log")
    assert [item.fields for item in items] == [
        {"host": "a", "user": "b", "action": "c"},
        {"host": "d", "user": "e", "action": "f"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "one, two, three: a sentence\nanother line\n",
        "Jan  1 00:00:00 h a[1]: x, y, z\nJan  1 00:00:01 h b: z\n",
    ],
)
def test_text_with_commas_is_no_table(text):
    assert all("message" in item.fields for item in read(text, "x.log"))


def test_rows_that_do_not_fit_are_named_and_the_others_read():
    items = read('a,b\n1,2\n3\n4,5,6\n"7",8\n"9"x,10\n11,12\n', "x.csv")
    assert [item.fields["a"] for item in records(items)] == ["1", "7", "11"]
    assert places(items) == [("x.csv:3", "ragged_row"), ("x.csv:4", "ragged_row"), ("x.csv:6", "bad_quotes")]


def test_a_quote_that_is_never_closed_is_told():
    items = read('a,b\n1,2\n"3,4\n5,6\n', "x.csv")
    assert [item.fields["a"] for item in records(items)] == ["1"]
    assert places(items) == [("x.csv:3-4", "bad_quotes")]


def test_a_quote_that_is_never_closed_does_not_take_the_whole_file():
    items = read('a,b\n"' + "x,y\n" * 60_000 + "5,6\n", "x.csv")
    assert items[0].reason == "bad_quotes"
    assert items[-1].fields == {"a": "5", "b": "6"}


def test_columns_of_the_same_name_are_told_apart():
    assert read("a,a,b\n1,2,3\n", "x.csv")[0].fields == {"a": "1", "a_2": "2", "b": "3"}


@pytest.mark.parametrize(
    "heading",
    [
        "Level,Date and Time,Source,Event ID,Task Category",
        "レベル,日付と時刻,ソース,イベント ID,タスクのカテゴリ",
    ],
)
def test_what_event_viewer_exports_has_the_names_that_rules_use(heading):
    (item,) = read(f"{heading}\n情報,2026/01/02 3:04:05,Service Control Manager,7045,なし\n", "x.csv")
    assert item.source == LogSource("windows")
    assert (item.fields["EventID"], item.fields["Provider_Name"]) == (7045, "Service Control Manager")
    assert item.time == 1_767_323_045_000_000
