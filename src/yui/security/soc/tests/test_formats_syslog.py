"""Syslog by both standards and beside them, and what messages carry."""

import io
from datetime import UTC

import pytest

from yui.security.soc.engine.records import LogRecord, LogSource, Rejected
from yui.security.soc.formats.limits import ReadLimits
from yui.security.soc.formats.reading import read_stream
from yui.security.soc.formats.syslog import parse_syslog

NEW_YEAR = 1_767_193_210_000_000
"""2026-01-01T00:00:10 in Tokyo."""


def parse(line, **words):
    line = line if isinstance(line, bytes) else line.encode()
    return parse_syslog(line, place="s#1", **words)


def test_rfc_5424_in_full():
    item = parse(
        "<165>1 2003-10-11T22:14:15.003Z host.example app 12 ID47 "
        '[ex@1 a="1" b="q\\"\\]\\\\"][y z="日本"] \ufeffmessage [x]'
    )
    assert item.fields == {
        "facility": "local4",
        "severity": "notice",
        "hostname": "host.example",
        "program": "app",
        "pid": "12",
        "msgid": "ID47",
        "ex@1.a": "1",
        "ex@1.b": 'q"]\\',
        "y.z": "日本",
        "message": "message [x]",
    }
    assert item.time == 1_065_910_455_003_000


def test_rfc_5424_with_nothing_but_the_header():
    item = parse("<0>1 - - - - - -")
    assert item.fields == {"facility": "kern", "severity": "emerg", "message": ""}
    assert item.time is None


def test_a_bracket_that_is_no_structured_data_stays_in_the_message():
    assert parse("<13>1 - h a - - [not data] x").fields["message"] == "[not data] x"


@pytest.mark.parametrize(
    ("stamp", "received", "expected"),
    [
        ("Jan  1 00:00:05", NEW_YEAR, 1_767_193_205_000_000),
        ("Dec 31 23:59:59", NEW_YEAR, 1_767_193_199_000_000),
        ("Jan  1 20:00:00", NEW_YEAR, 1_767_265_200_000_000),
        ("Jun 30 12:00:00.250", NEW_YEAR, 1_751_252_400_250_000),
        ("Feb 29 00:00:00", NEW_YEAR, 1_709_132_400_000_000),
        ("Feb 30 00:00:00", NEW_YEAR, None),
        ("Xxx  1 00:00:00", NEW_YEAR, None),
        ("Jan  1 2024 00:00:00", NEW_YEAR, 1_704_034_800_000_000),
        ("2026-01-01T00:00:05+09:00", NEW_YEAR, 1_767_193_205_000_000),
        ("2026-01-01 00:00:05,250", NEW_YEAR, 1_767_193_205_250_000),
    ],
)
def test_the_year_is_that_nearest_to_arrival_and_the_zone_is_tokyo(stamp, received, expected):
    item = parse(f"<13>{stamp} host app: message", received=received)
    assert item.time == expected
    assert item.fields["message"].endswith("message")


def test_another_zone_can_be_declared():
    assert (
        parse("<13>Jan  1 00:00:05 h a: m", received=NEW_YEAR, zone=UTC).time
        == 1_735_689_605_000_000 + 31_536_000_000_000
    )


def test_rfc_3164_with_a_tag_and_number():
    item = parse(
        "<38>Jan  1 00:00:05 10.0.0.1 sshd[123]: Failed password for root from 192.0.2.1 port 22 ssh2",
        received=NEW_YEAR,
    )
    assert item.source == LogSource("linux", "", "sshd")
    assert (item.fields["hostname"], item.fields["program"], item.fields["pid"]) == (
        "10.0.0.1",
        "sshd",
        "123",
    )
    assert item.fields["message"].startswith("Failed password")


@pytest.mark.parametrize(
    ("line", "service"),
    [
        ("<189>Jan  1 00:00:05 sw %AAA-5-USER_LOGGED: User x", "aaa"),
        ("<189>45: *Jan  1 00:00:05.123: %BGP-5-ADJCHANGE: neighbor", "bgp"),
        ("<189>Jan  1 00:00:05 sw %SYS-5-CONFIG_I: Configured", ""),
    ],
)
def test_cisco_is_told_by_its_mnemonic(line, service):
    item = parse(line, received=NEW_YEAR)
    assert item.source == LogSource("cisco", "", service)
    assert item.time // 1_000_000 == 1_767_193_205


@pytest.mark.parametrize(
    "line",
    [
        "no header at all",
        "<999>x",
        "<13>",
        "<13 x",
        "<1>2",
        "<13>1 too short",
        "\x00\x01binary",
        "<13>[",
        "%",
    ],
)
def test_what_has_no_header_is_kept_whole(line):
    item = parse(line)
    assert isinstance(item, LogRecord)
    assert item.raw == line
    assert "message" in item.fields
    assert item.time is None


@pytest.mark.parametrize(
    ("line", "reason"), [("", "empty"), (" \n", "empty"), ("<13>" + "x" * 5_000, "too_long")]
)
def test_nothing_and_too_much_are_told(line, reason):
    item = parse(line, limits=ReadLimits(record_bytes=4_096))
    assert isinstance(item, Rejected)
    assert (item.reason, item.place) == (reason, "s#1")


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_japanese_is_read_in_both_encodings(encoding):
    assert parse("<13>1 - h a - - 不正な通信".encode(encoding)).fields["message"] == "不正な通信"


def test_json_inside_is_the_event():
    for cookie in ("", "@cee: "):
        item = parse(
            "<13>Jan  1 00:00:05 pc nxlog: " + cookie + '{"EventID":4624,"Channel":"Security"}',
            received=NEW_YEAR,
        )
        assert item.source == LogSource("windows")
        assert item.fields["EventID"] == 4624
        assert item.fields["hostname"] == "pc"
        assert item.time == 1_767_193_205_000_000


def test_broken_json_inside_is_text():
    assert (
        parse('<13>Jan  1 00:00:05 pc a: {"EventID":', received=NEW_YEAR).fields["message"] == '{"EventID":'
    )


def test_cef():
    item = parse(
        "<13>Jan  1 00:00:05 fw CEF:0|Palo Alto Networks|PAN\\|OS|1|100|worm \\\\ stopped|10|"
        "src=10.0.0.1 dst=192.0.2.9 msg=a b\\=c\\nd cs1Label=Rule Name cs1=x y rt=1700000000123 act=deny",
        received=NEW_YEAR,
    )
    assert item.source == LogSource("paloalto")
    assert item.time == 1_700_000_000_123_000
    expected = {
        "DeviceVendor": "Palo Alto Networks",
        "DeviceProduct": "PAN|OS",
        "Name": "worm \\ stopped",
        "src": "10.0.0.1",
        "msg": "a b=c\nd",
        "cs1": "x y",
        "Rule Name": "x y",
        "act": "deny",
        "hostname": "fw",
    }
    assert {name: item.fields[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("LEEF:1.0|V|P|1|41|", "\t"),
        ("LEEF:2.0|V|P|1|41|^|", "^"),
        ("LEEF:2.0|V|P|1|41|x5e|", "^"),
        ("LEEF:2.0|V|P|1|41||", "\t"),
    ],
)
def test_leef_with_its_delimiters(text, delimiter):
    item = parse(
        "<13>Jan  1 00:00:05 h " + text + delimiter.join(["src=10.0.0.1", "msg=a b", "usrName=x"]),
        received=NEW_YEAR,
    )
    assert (item.fields["src"], item.fields["msg"], item.fields["usrName"]) == ("10.0.0.1", "a b", "x")


@pytest.mark.parametrize(
    "text", ["CEF:0|too|short", "LEEF:2.0|x", "CEF:0|a|b|c|d|e|f|", "CEF:", "LEEF:2.0|V|P|1|41|xZZ|a=b"]
)
def test_broken_headers_of_cef_and_leef_are_kept(text):
    assert isinstance(parse(f"<13>Jan  1 00:00:05 h {text}", received=NEW_YEAR), LogRecord)


def lines(text):
    return list(read_stream("x.log", io.BytesIO(text.encode())))


def test_auditd():
    first, second = lines(
        'node=h type=EXECVE msg=audit(1604994496.155:92733): argc=3 a0="arp" a1=2D61 a2="x y"\n'
        'type=USER_AUTH msg=audit(1604994497.000:7): msg=\'op=PAM:auth acct="root" exe="/bin/su" res=failed\''
        '\x1dUID="root"\n'
    )
    assert first.source == LogSource("linux", "", "auditd")
    assert first.time == 1_604_994_496_155_000
    assert (first.fields["a0"], first.fields["a1"], first.fields["a2"]) == ("arp", "-a", "x y")
    assert first.fields["hostname"] == "h"
    assert (second.fields["acct"], second.fields["res"], second.fields["UID"]) == ("root", "failed", "root")


@pytest.mark.parametrize(
    "text",
    [
        "CEF:0|a|b|c|d|e|f|" + "a=1 " * 200_000,
        "LEEF:1.0|a|b|c|d|" + "a=1\t" * 200_000,
        "type=X msg=audit(1604994496.155:1): " + "a=1 " * 200_000,
        "type=X msg=audit(1604994496.155:1): " + "a" * 900_000,
        "<13>1 - h a - - [x " + 'a="1" ' * 150_000 + "] m",
        "<13>1 - h a - - [x" + ' a="1"' * 150_000 + "] m",
        "CEF:0|" + "\\|" * 300_000,
        '192.0.2.1 - - [02/Jan/2026:12:04:05 +0900] "' + "\\a " * 200_000,
        "a " * 400_000,
        "%" * 900_000,
    ],
    ids=range(10),
)
def test_long_lines_cost_no_more_than_their_length(text):
    """Each of these would not end in an hour if anything grew with the square of the length."""
    (item,) = lines(text)
    assert isinstance(item, LogRecord)


def test_the_combined_log_format():
    (item,) = lines(
        '192.0.2.1 - hana [02/Jan/2026:12:04:05 +0900] "GET /a?b=c HTTP/1.1" 404 12 "-" "Mozilla/5.0 \\"x\\""'
    )
    assert item.source == LogSource("", "webserver", "")
    assert item.time == 1_767_323_045_000_000
    assert item.fields["cs-uri-query"] == "b=c"
    assert item.fields["sc-status"] == 404
    assert item.fields["cs-user-agent"] == 'Mozilla/5.0 \\"x\\"'


def test_a_file_may_mix_kinds():
    items = lines(
        'Jan  1 00:00:05 h sshd[1]: x\n{"EventID":1,"Channel":"c"}\n'
        'type=CWD msg=audit(1604994496.155:1): cwd="/"\n\nplain\n'
    )
    assert [item.source for item in items] == [
        LogSource("linux", "", "sshd"),
        LogSource("windows"),
        LogSource("linux", "", "auditd"),
        LogSource(),
    ]
    assert [item.place for item in items] == ["x.log:1", "x.log:2", "x.log:3", "x.log:5"]
