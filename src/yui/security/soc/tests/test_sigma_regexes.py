"""No rule can make detection take long by its regular expression."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.engine.sigma.regexes import RegexRefused, compile_regex, compiled, required_literal
from yui.security.soc.tests.sigma_samples import matches, refusal

HOSTILE = ["(a+)+$", "(a|aa)+$", "(.*a){20}", "^(a?){30}a{30}$", "(x+x+)+y"]


@pytest.mark.parametrize("pattern", HOSTILE)
def test_a_pattern_that_blows_up_elsewhere_is_run_in_linear_time(pattern):
    started = time.process_time()
    matches({"f|re": pattern}, {"f": "a" * 60_000 + "!"})
    assert time.process_time() - started < 5


@pytest.mark.parametrize("pattern", [r"(?=(a+)+$)x", r"(a+)\1+$", r"(?<=x)(a|aa)+$", "(?!(.*a){20})b"])
def test_what_is_not_surely_harmless_is_refused(pattern):
    assert "RE2" in refusal({"f|re": pattern})


@pytest.mark.parametrize(
    ("pattern", "yes", "no"),
    [(r"a(?!b)c?", "ac", "ab"), (r"(?<!x)yz{1,3}", "ayz", "xyz"), (r"(?=ab)a", "ab", "ac")],
)
def test_bounded_looking_around_is_run(pattern, yes, no):
    assert matches({"f|re": pattern}, {"f": yes})
    assert not matches({"f|re": pattern}, {"f": no})


@pytest.mark.parametrize("pattern", ["(", "a{100000}", "[z-a]", "a" * 10_000])
def test_a_broken_or_huge_pattern_is_refused(pattern):
    with pytest.raises(RegexRefused):
        compile_regex(pattern)


def test_the_sure_text_of_a_pattern():
    assert required_literal(r"(?i)foo\s+BarBaz[0-9]?") == "barbaz"
    assert required_literal("one|two") == ""
    assert required_literal("(?:abc)+d?") == "abc"
    assert required_literal("a*b?") == ""


@given(st.text("abAB.*+?|()[]{}\\^$1,-", max_size=12), st.text("abAB1\n", max_size=12))
def test_the_sure_text_is_in_every_match(pattern, text):
    try:
        occurs = compile_regex(pattern)
    except RegexRefused:
        return
    if occurs(text):
        assert required_literal(pattern) in text.casefold()


@given(st.text("abAB.*+?|()[]{}\\^$1,-:", max_size=12), st.text("abAB1\n,:[]{}é\ud800", max_size=12))
def test_the_length_of_a_text_never_hides_a_match(pattern, text):
    try:
        occurs, found = compile_regex(pattern), compiled(pattern).search
    except RegexRefused:
        return
    if isinstance(found.__self__, re.Pattern):
        return
    assert occurs(text) == (found(text.encode("utf-8", "replace")) is not None)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("[[:alpha:]]", "a"),
        ("^[[:digit:]]{3}$", "123"),
        ("^a{,3}$", "a{,3}"),
        ("^[a-z]{16}$", "abcdefghijklmnop"),
        ("(?m)^b$", "a\nb\nc"),
        ("^a|bcd$", "abcd"),
    ],
)
def test_patterns_that_other_engines_read_otherwise(pattern, text):
    assert compile_regex(pattern)(text)
    assert required_literal(pattern) in text
