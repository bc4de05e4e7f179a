"""What analysts write is read as they mean it, and what makes no sense is told with its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.engine.hunting.errors import HuntNotUnderstood
from yui.security.soc.engine.hunting.parsing import parse_hunt
from yui.security.soc.engine.hunting.tree import (
    ALWAYS,
    Comparison,
    Every,
    FieldTest,
    Hunt,
    Some,
    Without,
    Words,
)

EQUALS = Comparison.EQUALS


def is_(field, value):
    return FieldTest(field, EQUALS, value)


@pytest.mark.parametrize(
    "text, condition",
    [
        ("", ALWAYS),
        ('Image contains "mimikatz"', FieldTest("Image", Comparison.CONTAINS, "mimikatz")),
        ("a = 1 and b == 2", Every((is_("a", "1"), is_("b", "2")))),
        ("a=1 b=2", Every((is_("a", "1"), is_("b", "2")))),
        ("a=1 or b=2 c=3", Some((is_("a", "1"), Every((is_("b", "2"), is_("c", "3")))))),
        ("(a=1 or b=2) c=3", Every((Some((is_("a", "1"), is_("b", "2"))), is_("c", "3")))),
        ("not a=1", Without(is_("a", "1"))),
        ("a != x", Without(is_("a", "x"))),
        ("a in (1, 'x y')", Some((is_("a", "1"), is_("a", "x y")))),
        ("a not in (1)", Without(Some((is_("a", "1"),)))),
        ("a EXISTS", FieldTest("a", Comparison.EXISTS)),
        ("a >= 1.5", FieldTest("a", Comparison.GREATER_EQUAL, "1.5")),
        ("src_ip cidr 10.0.0.0/8", FieldTest("src_ip", Comparison.IN_NETWORK, "10.0.0.0/8")),
        ("`Process Name` like *\\cmd.exe", FieldTest("Process Name", Comparison.LIKE, "*\\cmd.exe")),
        (r'a = "C:\Windows\""', is_("a", 'C:\\Windows"')),
        (r'a = "say \"\\\" C:\x"', is_("a", 'say "\\" C:\\x')),
        ("powershell '-enc'", Every((Words("powershell"), Words("-enc")))),
        ('"and"', Words("and")),
        ("日本語 = 値", is_("日本語", "値")),
    ],
)  # fmt: skip
def test_conditions(text, condition):
    assert parse_hunt(text) == Hunt(condition)


def test_stages_follow_the_condition():
    assert parse_hunt("a=1 | count by host, `b c`, host | limit 5").count_by == ("host", "b c")
    asked = parse_hunt("| columns a, b | sort a desc | limit 7")
    assert (asked.condition, asked.columns, asked.sort, asked.is_ascending, asked.limit) == (
        ALWAYS, ("a", "b"), "a", False, 7,
    )  # fmt: skip
    assert parse_hunt("| sort a").is_ascending
    assert parse_hunt("x=1 not y=2 | columns z | sort w").fields == {"x", "y", "z", "w"}


@pytest.mark.parametrize(
    "text, position, words",
    [
        ("a <", 3, "expected a value"),
        ("a < x", 4, "no number"),
        ("a < nan", 4, "no number"),
        ("a cidr ::1/64", 7, "no IPv4 network"),
        ('a matches "("', 10, "no regular expression"),
        ("(a=1", 4, r"expected \)"),
        ("a=1)", 3, "expected the end"),
        ("a=1 |", 5, "after |"),
        ("| drop table", 2, "after |"),
        ("| limit 0", 8, "above zero"),
        ("| limit " + "9" * 30, 8, "above zero"),
        ("| count host", 8, "by"),
        ("| columns " + ",".join(f"f{n}" for n in range(21)), None, "at most 20"),
        ("a in 1", 5, "must follow in"),
        ("and", 0, "expected a field"),
        ("`x`", 0, "comparison"),
        ("not " * 50 + "a=1", None, "too many"),
        ("(" * 50, None, "too many"),
        (" ".join(["a=1"] * 201), None, "at most 200"),
        ("a in (" + ",".join(["1"] * 201) + ")", None, "at most 200"),
        ("x" * 4001, 4000, "4000"),
        ("a = 1; drop table x", None, None),
        ("!", 0, "means nothing"),
        ('a = "x', 4, "never closed"),
    ],
)
def test_what_makes_no_sense_is_told_with_its_place(text, position, words):
    if words is None:
        assert parse_hunt(text).condition.items[0] == is_("a", "1;")
        return
    with pytest.raises(HuntNotUnderstood, match=words) as told:
        parse_hunt(text)
    if position is not None:
        assert told.value.position == position


@given(st.text(alphabet=st.sampled_from("ab =!<>()|,\"'`\\ not in or and 1 limit count by"), max_size=60))
def test_no_text_breaks_the_reader(text):
    try:
        assert isinstance(parse_hunt(text), Hunt)
    except HuntNotUnderstood as error:
        assert 0 <= error.position <= len(text)
