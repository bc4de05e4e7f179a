"""Which signs of an alert are compared between wards, and which never are."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.engine.joint.keys import MOST_KEYS, Key, KeyKind, RuleWords, keys_of

NO_RULE = RuleWords("")


def keys(**fields):
    return {(one.kind.value, one.value) for one in keys_of(fields, NO_RULE)}


def test_rule_and_techniques_are_keys():
    rule = RuleWords("id-1", ("attack.t1059.001", "attack.execution", "attack.T1105", "cve.2024.1"))
    assert keys_of({}, rule) == (
        Key(KeyKind.RULE, "id-1"),
        Key(KeyKind.TECHNIQUE, "T1059.001"),
        Key(KeyKind.TECHNIQUE, "T1105"),
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"DestinationIp": "8.8.8.8"}, {("ip", "8.8.8.8")}),
        ({"sourceIPAddress": "2001:4860:4860:0:0:0:0:8888"}, {("ip", "2001:4860:4860::8888")}),
        ({"IpAddress": "::ffff:8.8.8.8"}, {("ip", "8.8.8.8")}),
        ({"id.orig_h": ["203.0.113.9", "10.0.0.1"]}, {("ip", "203.0.113.9")}),
        ({"QueryName": "Evil.Example.COM."}, {("domain", "evil.example.com")}),
        ({"query": "xn--r8jz45g.xn--zckzah"}, {("domain", "xn--r8jz45g.xn--zckzah")}),
        ({"cs-host": "8.8.8.8"}, {("ip", "8.8.8.8")}),
        (
            {"url": "https://user:pw@bad.example.net:8443/a/b?name=taro#x"},
            {("domain", "bad.example.net"), ("url", "bad.example.net/a/b")},
        ),
        ({"c-uri": "bad.example.net/x"}, {("domain", "bad.example.net"), ("url", "bad.example.net/x")}),
        ({"Hashes": f"SHA256={'AB' * 32},IMPHASH={'12' * 16}"}, {("hash", "ab" * 32)}),
        ({"md5": "0" * 32}, set()),
        ({"Image": r"C:\Users\Taro Yamada\Downloads\Evil.EXE"}, {("file", "evil.exe")}),
        ({"file.name": "/opt/gyomu/run.sh"}, {("file", "run.sh")}),
    ],
)
def test_indicators_come_out_in_one_spelling(fields, expected):
    assert keys(**fields) == expected


@pytest.mark.parametrize(
    "fields",
    [
        {"SourceIp": "192.168.1.1"},
        {"SourceIp": "127.0.0.1"},
        {"SourceIp": "100.64.1.1"},
        {"SourceIp": "169.254.1.1"},
        {"SourceIp": "224.0.0.1"},
        {"SourceIp": "fe80::1"},
        {"SourceIp": "-"},
        {"Computer": "pc1.city.example.com"},
        {"User": "taro"},
        {"QueryName": "fileserver.city.chiyoda.lg.jp"},
        {"QueryName": "dc1.corp.local"},
        {"QueryName": "1.0.168.192.in-addr.arpa"},
        {"QueryName": "fileserver"},
        {"url": "http://intranet/secret/taro"},
        {"url": "http://[broken"},
        {"TargetFilename": r"C:\Users\taro\山田太郎_住民票.xlsx"},
        {"Hashes": f"IMPHASH={'12' * 16}"},
        {"SourceIp": None},
        {"SourceIp": 5},
        {"SourceIp": {"a": 1}},
    ],
)
def test_what_could_name_the_victim_is_no_key(fields):
    assert keys(**fields) == set()


def test_the_wards_own_addresses_are_no_keys():
    fields = {"SourceIp": "203.0.113.9", "DestinationIp": "198.51.100.7"}
    found = keys_of(fields, NO_RULE, (ip_network("203.0.113.0/24"),))
    assert found == (Key(KeyKind.IP, "198.51.100.7"),)


def test_an_alert_has_a_bounded_number_of_keys():
    fields = {"src_ip": [f"8.8.{n}.{n}" for n in range(200)]}
    found = keys_of(fields, RuleWords("id-1"))
    assert len(found) == MOST_KEYS
    assert found[0] == Key(KeyKind.RULE, "id-1")


NAMES = st.sampled_from(["SourceIp", "QueryName", "url", "Hashes", "Image", "ip", "hash", "file.name"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=4
)


@given(st.dictionaries(NAMES | st.text(), VALUES))
def test_any_fields_give_keys_of_a_settled_form(fields):
    found = keys_of(fields, NO_RULE)
    assert found == keys_of(dict(reversed(fields.items())), NO_RULE)
    for one in found:
        assert one.value == one.value.lower()
        assert 0 < len(one.value) <= 300
