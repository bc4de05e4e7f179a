"""Whatever a rule text holds, parsing ends with rules and reasons, never with an exception."""

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from yui.security.soc.engine.correlation.correlator import Correlator
from yui.security.soc.engine.correlation.parsing import parse_correlations
from yui.security.soc.tests.correlation_samples import NAMES, matches

SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)
TYPES = st.sampled_from(
    ["event_count", "value_count", "temporal", "temporal_ordered", "value_sum", "value_percentile"]
)
CONDITIONS = st.just({"gte": 1, "field": "User"}) | st.dictionaries(
    st.sampled_from(["gt", "gte", "lt", "lte", "eq", "neq", "field", "percentile"]),
    st.integers(-3, 10) | st.sampled_from(["User", "Bytes", 0.5, None, []]),
    max_size=3,
)
EXPRESSIONS = st.sampled_from(["rule_a", "rule_a and rule_b", "not rule_a or rule_b"]) | st.lists(
    st.sampled_from(["rule_a", "rule_b", "and", "or", "not", "(", ")", "AND", "x-y"]), max_size=8
).map(" ".join)
RULES = st.lists(st.sampled_from(["rule_a", "rule_b", "id-c"]), min_size=1, max_size=3, unique=True)
ALIASES = st.dictionaries(
    st.sampled_from(["User", "a"]), st.dictionaries(st.sampled_from(["rule_a", "rule_b", "zz"]), st.text())
)
PARTS = st.fixed_dictionaries(
    {
        "type": TYPES,
        "rules": RULES,
        "timespan": st.sampled_from(["10s", "5m", "1h"]),
        "condition": CONDITIONS,
    },
    optional={
        "group-by": st.lists(st.sampled_from(["User", "Host"]), max_size=2),
        "aliases": ALIASES,
        "generate": st.booleans(),
    },
)
PLACES = st.sampled_from(["type", "rules", "timespan", "condition", "group-by", "aliases", "generate"])
HEADS = st.sampled_from(
    ["title", "id", "name", "level", "tags", "references", "date", "correlation", "author", "scope"]
)


@st.composite
def documents(draw):
    """One rule, sound or spoilt in one place."""
    part, document = draw(PARTS), {"title": "t"}
    part["condition"] = draw(EXPRESSIONS) if draw(st.booleans()) else part["condition"]
    document["correlation"] = part
    match draw(st.integers(0, 2)):
        case 1:
            part[draw(PLACES)] = draw(ANYTHING)
        case 2:
            document[draw(HEADS)] = draw(ANYTHING)
    return document


SOME_MATCHES = matches(1, 30)


@settings(max_examples=80, deadline=None)
@given(st.lists(documents(), min_size=1, max_size=3))
def test_any_document_becomes_a_rule_that_runs_or_says_why_not(found):
    parsed = parse_correlations([yaml.safe_dump(one) for one in found], NAMES)
    assert len(parsed.rules) + len(parsed.unsupported) == sum("correlation" in one for one in found)
    assert all(one.reason for one in parsed.unsupported)
    correlator = Correlator(parsed.rules, 0)
    correlator.observe(SOME_MATCHES)
    correlator.finish()


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_read_or_told(text):
    parsed = parse_correlations([text], NAMES)
    assert parsed.rules == ()
