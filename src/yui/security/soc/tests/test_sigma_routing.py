"""Which records a rule looks at."""

import pytest

from yui.security.soc.engine.records import LogSource
from yui.security.soc.engine.sigma.matching import detect
from yui.security.soc.engine.sigma.routing import AUDIT
from yui.security.soc.tests.sigma_samples import SYSMON, WINDOWS, loaded, record, rule_text, sysmon

DEFENDER = "Microsoft-Windows-Windows Defender/Operational"
PROCESS = {"product": "windows", "category": "process_creation"}


def hits(logsource, detection, *records, **options) -> list[int]:
    rules = loaded(rule_text(detection, logsource=logsource), **options).rules
    return [match.position for match in detect(rules, records)]


def test_a_windows_category_is_a_channel_and_event_numbers():
    one = sysmon(1, Image="C:\\x.exe")
    seven = sysmon(7, Image="C:\\x.exe")
    text = record({"channel": SYSMON.upper(), "eventid": "1", "image": "c:\\X.exe"}, WINDOWS)
    other = record({"Channel": "Security", "EventID": 1, "Image": "C:\\x.exe"}, WINDOWS)
    assert hits(PROCESS, {"Image|endswith": "\\x.exe"}, one, seven, text, other) == [0, 2]


def test_a_category_that_the_format_names_needs_no_channel():
    told = record({"Image": "x"}, LogSource("windows", "process_creation", ""))
    assert hits(PROCESS, {"Image": "x"}, told) == [0]


def test_a_channel_speaks_for_itself_where_the_product_is_unknown():
    fields = {"Channel": SYSMON, "EventID": 1, "Image": "x"}
    unknown, linux = record(fields, LogSource()), record(fields, LogSource("linux", "", ""))
    assert hits(PROCESS, {"Image": "x"}, unknown, linux) == [0]


def test_a_service_is_its_channels():
    source = {"product": "windows", "service": "powershell"}
    core = record({"Channel": "PowerShellCore/Operational", "EventID": 4104}, WINDOWS)
    classic = record({"Channel": "Windows PowerShell", "EventID": 4104}, WINDOWS)
    assert hits(source, {"EventID": 4104}, core, classic) == [0]


def test_one_event_number_may_belong_to_several_categories():
    twelve = sysmon(12, TargetObject="HKLM\\x", EventType="DeleteKey")
    for category in ("registry_event", "registry_add", "registry_delete"):
        assert hits(
            {"product": "windows", "category": category}, {"TargetObject|contains": "HKLM"}, twelve
        ) == [0]
    assert (
        hits({"product": "windows", "category": "registry_set"}, {"TargetObject|contains": "HKLM"}, twelve)
        == []
    )


def test_a_category_without_product_is_found_wherever_it_occurs():
    linux = record({"Channel": "Linux-Sysmon/Operational", "EventID": 1, "Image": "x"}, LogSource("linux"))
    told = record({"Image": "x"}, LogSource("macos", "process_creation", ""))
    other = sysmon(5, Image="x")
    assert hits(
        {"category": "process_creation"}, {"Image": "x"}, sysmon(1, Image="x"), linux, told, other
    ) == [0, 1, 2]


def test_a_category_within_a_service_asks_for_both():
    source = {"product": "windows", "category": "process_creation", "service": "sysmon"}
    assert hits(source, {"Image": "x"}, sysmon(1, Image="x"), sysmon(5, Image="x")) == [0]
    source["service"] = "security"
    assert hits(source, {"Image": "x"}, sysmon(1, Image="x")) == []


def test_a_product_alone_takes_all_its_records():
    assert hits({"product": "windows"}, {"f": 1}, record({"f": 1}, WINDOWS), record({"f": 1})) == [0]


def test_lists_and_two_spellings_of_what_decides_the_kind_still_count():
    several = record({"Channel": SYSMON, "EventID": [5, 1], "Image": "x"}, WINDOWS)
    twice = record({"Channel": SYSMON, "EventID": 5, "eventid": "1", "Image": "x"}, WINDOWS)
    assert hits(PROCESS, {"Image": "x"}, several, twice) == [0, 1]
    assert hits(PROCESS, {"sel": {"EventID": 1}, "condition": "not sel"}, several) == []


def test_rules_on_the_event_number_itself():
    security = {"product": "windows", "service": "security"}
    records = [
        record({"Channel": "Security", "EventID": number}, WINDOWS)
        for number in (4624, 4625, "4624", True, 1)
    ]
    assert hits(security, {"EventID": [4624, 4720]}, *records) == [0, 2]
    assert hits(security, {"EventID|startswith": "462"}, *records) == [0, 1, 2]
    assert hits(security, {"EventID|gt": 4624}, *records) == [1]
    assert hits(security, {"EventID": 1}, *records) == [4]
    assert hits(security, {"sel": {"EventID": 4624}, "condition": "not sel"}, *records) == [1, 3, 4]


def test_the_audit_group_reads_process_creation_of_windows_itself():
    event = record(
        {"Channel": "Security", "EventID": 4688, "NewProcessName": "C:\\x.exe", "CommandLine": "x /q"},
        WINDOWS,
    )
    detection = {"Image|endswith": "\\x.exe", "CommandLine|contains": "/q"}
    assert hits(PROCESS, detection, event) == []
    assert hits(PROCESS, detection, event, groups=frozenset([AUDIT])) == [0]


def test_the_audit_group_reads_registry_values():
    base = {
        "Channel": "Security",
        "EventID": 4657,
        "ObjectName": "\\REGISTRY\\MACHINE\\Run",
        "NewValue": "evil",
    }
    changed = record({**base, "OperationType": "%%1905"}, WINDOWS)
    deleted = record({**base, "OperationType": "%%1906"}, WINDOWS)
    source = {"product": "windows", "category": "registry_set"}
    detection = {"TargetObject|endswith": "\\Run", "Details": "evil"}
    assert hits(source, detection, deleted, changed, groups=frozenset([AUDIT])) == [1]


def test_a_renamed_field_is_shown_as_the_source_spells_it():
    rules = loaded(rule_text({"c-uri|contains": "evil"}, logsource={"category": "proxy"})).rules
    found = detect(rules, [record({"uri": "/evil"}, LogSource("zeek", "", "http"))])
    assert [(atom.field, atom.value) for atom in found[0].atoms] == [("uri", "/evil")]


def test_defender_names_with_and_without_blanks():
    source = {"product": "windows", "service": "windefend"}
    events = [record({"Channel": DEFENDER, "EventID": 5007, name: "a Exclusions b"}, WINDOWS)
              for name in ("New Value", "NewValue", "Old Value")]  # fmt: skip
    assert hits(source, {"EventID": 5007, "NewValue|contains": "Exclusions"}, *events) == [0, 1]


@pytest.mark.parametrize(
    ("logsource", "source", "detection", "fields"),
    [
        ({"category": "dns"}, LogSource("zeek", "", "dns"), {"query": "x"}, {"query": "x"}),
        ({"category": "antivirus"}, WINDOWS, {"Signature|contains": "Mimikatz"},
         {"Channel": DEFENDER, "EventID": 1116, "Threat Name": "mimikatz"}),
        ({"product": "rpc_firewall", "category": "application"}, WINDOWS, {"EventLog": "RPCFW", "EventID": 3},
         {"Channel": "RPCFW", "EventID": 3}),
        ({"product": "linux", "category": "process_creation"}, LogSource("linux"), {"Image": "/bin/sh"},
         {"Channel": "Linux-Sysmon/Operational", "EventID": 1, "Image": "/bin/sh"}),
        ({"product": "aws", "service": "cloudtrail"}, LogSource("aws", "", "cloudtrail"), {"eventName": "x"},
         {"eventName": "X"}),
    ],
)  # fmt: skip
def test_other_sources(logsource, source, detection, fields):
    assert hits(logsource, detection, record(fields, source)) == [0]
