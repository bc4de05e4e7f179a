"""Every modifier of the specification, each with what it must and must not match.

Source: Sigma specification 2.1, appendix "Modifiers".
"""

import base64

import pytest

from yui.security.soc.tests.sigma_samples import matches, refusal

PAYLOAD = base64.b64encode(b"xx http://evil.example/ yy").decode()
WIDE = base64.b64encode("IEX (New-Object".encode("utf-16le")).decode()

CASES = [
    ("plain equality", {"f": "abc"}, {"f": "ABC"}, {"f": "abcd"}),
    ("contains", {"f|contains": "bc"}, {"f": "aBCd"}, {"f": "b c"}),
    ("startswith", {"f|startswith": "ab"}, {"f": "ABc"}, {"f": "cab"}),
    ("endswith", {"f|endswith": "\\x.exe"}, {"f": "C:\\X.EXE"}, {"f": "C:\\x.exe.txt"}),
    ("list is any", {"f|contains": ["qq", "bc"]}, {"f": "abcd"}, {"f": "abd"}),
    ("all", {"f|contains|all": ["ab", "cd"]}, {"f": "cdab"}, {"f": "abxc"}),
    ("neq", {"f|neq": "abc"}, {"f": "abd"}, {"f": "ABC"}),
    ("cased", {"f|cased": "Abc"}, {"f": "Abc"}, {"f": "abc"}),
    ("contains cased", {"f|contains|cased": "Bc"}, {"f": "aBcd"}, {"f": "abcd"}),
    ("re is case sensitive", {"f|re": "^a.c$"}, {"f": "abc"}, {"f": "Abc"}),
    ("re i", {"f|re|i": "^a.c$"}, {"f": "ABC"}, {"f": "abbc"}),
    ("re m", {"f|re|m": "^second$"}, {"f": "first\nsecond\nthird"}, {"f": "a second"}),
    ("re s", {"f|re|s": "a.b"}, {"f": "a\nb"}, {"f": "a\n\nb"}),
    ("re without s", {"f|re": "a.b"}, {"f": "axb"}, {"f": "a\nb"}),
    ("cidr v4", {"f|cidr": "192.168.0.0/16"}, {"f": "192.168.7.8"}, {"f": "192.169.0.1"}),
    ("cidr v6", {"f|cidr": "fe80::/10"}, {"f": "FE80::1"}, {"f": "ff80::1"}),
    ("cidr takes no text", {"f|cidr": "10.0.0.0/8"}, {"f": "10.1.2.3"}, {"f": "host 10.1.2.3"}),
    ("base64", {"f|base64|contains": "http:/"}, {"f": "aHR0cDov"}, {"f": "http:/"}),
    ("base64offset", {"f|base64offset|contains": "http://evil"}, {"f": PAYLOAD}, {"f": "http://evil"}),
    ("wide base64offset", {"f|wide|base64offset|contains": "New-Object"}, {"f": WIDE}, {"f": "New-Object"}),
    ("utf16 base64", {"f|utf16|base64|contains": "ab"}, {"f": "//5hAGIA"}, {"f": "YWI="}),
    ("utf16be base64", {"f|utf16be|base64|contains": "ab"}, {"f": "AGEAYg=="}, {"f": "YWI="}),
    ("windash", {"f|windash|contains": " -enc "}, {"f": "ps /enc x"}, {"f": "ps +enc x"}),
    ("windash en dash", {"f|windash|contains": " -enc "}, {"f": "ps \u2013enc x"}, {"f": "ps enc x"}),
    ("fieldref", {"f|fieldref": "g"}, {"f": "Same", "g": "sAME"}, {"f": "same", "g": "same2"}),
    ("fieldref startswith", {"f|fieldref|startswith": "g"}, {"f": "abc", "g": "AB"}, {"f": "abc", "g": "bc"}),
    ("fieldref endswith", {"f|fieldref|endswith": "g"}, {"f": "abc", "g": "BC"}, {"f": "abc", "g": "ab"}),
    ("fieldref contains", {"f|fieldref|contains": "g"}, {"f": "abc", "g": "b"}, {"f": "abc", "g": "x"}),
    ("exists", {"f|exists": True}, {"f": None}, {"g": "x"}),
    ("exists not", {"f|exists": False}, {"g": 1}, {"f": ""}),
    ("lt", {"f|lt": 10}, {"f": 9}, {"f": 10}),
    ("lte", {"f|lte": 10}, {"f": "10"}, {"f": 10.5}),
    ("gt", {"f|gt": 10}, {"f": "10.5"}, {"f": 10}),
    ("gte", {"f|gte": -1}, {"f": -1}, {"f": "-1.5"}),
    ("numbers only", {"f|gt": 1}, {"f": "2"}, {"f": "two"}),
    ("minute", {"f|minute": 30}, {"f": "2026-11-26T08:30:00Z"}, {"f": "2026-11-26T08:31:00Z"}),
    ("hour in UTC", {"f|hour": 23}, {"f": "2026-11-27T08:15:00+09:00"}, {"f": "2026-11-27T08:15:00Z"}),
    ("day", {"f|day": 26}, {"f": "2026-11-26 08:30:00.123"}, {"f": "2026-11-25"}),
    ("week", {"f|week": 1}, {"f": "2026-01-01"}, {"f": "2026-01-05"}),
    ("month", {"f|month": 11}, {"f": 1795651200}, {"f": 0}),
    ("year of milliseconds", {"f|year": 2026}, {"f": 1795651200000}, {"f": "never"}),
    ("wildcards", {"f": "a*c?e"}, {"f": "AxxxCdE"}, {"f": "acde_"}),
    ("wildcard spans lines", {"f": "a*z"}, {"f": "a\nb\nz"}, {"f": "a\nz\n"}),
    ("escaped wildcards", {"f": "a\\*b\\?"}, {"f": "a*b?"}, {"f": "axbx"}),
    ("escaped backslash", {"f": "a\\\\*"}, {"f": "a\\anything"}, {"f": "a*"}),
    ("backslash alone", {"f": "C:\\Windows\\x"}, {"f": "c:\\windows\\X"}, {"f": "C:Windowsx"}),
    ("only a wildcard", {"f": "*"}, {"f": ""}, {"f": None}),
    ("expansions stay alternatives under all", {"f|windash|contains|all": [" -a", " -b"]},
     {"f": "x /a -b"}, {"f": "x /a /c"}),
]  # fmt: skip


@pytest.mark.parametrize(("detection", "yes", "no"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_modifier(detection, yes, no) -> None:
    assert matches(detection, yes)
    assert not matches(detection, no)


def test_expand_takes_its_values_from_the_mapping() -> None:
    detection = {"f|expand": "%admins%"}
    assert matches(detection, {"f": "Alice"}, expand={"admins": ["alice", "bob"]})
    assert not matches(detection, {"f": "carol"}, expand={"admins": ["alice", "bob"]})


def test_expand_within_other_text_and_in_a_regular_expression() -> None:
    assert matches({"f|expand|contains": "\\%who%\\"}, {"f": "x\\bob\\y"}, expand={"who": ["bob"]})
    assert matches({"f|re|expand": "^%who%$"}, {"f": "bob"}, expand={"who": ["bob"]})


def test_an_unresolved_placeholder_says_which() -> None:
    reason = refusal({"f|expand": "%admins%"})
    assert "%admins%" in reason
    assert "expand" in reason


@pytest.mark.parametrize(
    ("detection", "word"),
    [
        ({"f|contains|nonsense": "x"}, "nonsense"),
        ({"f|cidr": "10.0.0.0/99"}, "CIDR"),
        ({"f|re": "("}, "regular expression"),
        ({"f|lt": "many"}, "Sigma"),
        ({"|exists": True}, "field"),
        ({"f|base64": "a*b"}, "wildcards"),
        ({"sel": {"f": 1}, "condition": "other"}, "other"),
        ({"sel": {"f": 1}, "condition": "sel | count() > 5"}, "pipe"),
        ({"sel": {"f": 1}, "condition": "1 of nothing_*"}, "nothing_"),
        ({"sel": {"f": 1}, "condition": "sel and"}, "Sigma"),
    ],
)
def test_what_cannot_be_evaluated_says_why(detection, word) -> None:
    reason = refusal(detection)
    assert word in reason
