"""Records of one shape and kind share what is prepared for them; each gets just what it gets alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.engine.sigma import compiling, detect, lanes
from yui.security.soc.engine.sigma.compiling import CompiledRules
from yui.security.soc.engine.sigma.routing import AUDIT
from yui.security.soc.tests.sigma_samples import SYSMON, WINDOWS, loaded, record, rule_text

PRODUCT = {"product": "windows"}
RULES = loaded(
    rule_text({"Image|endswith": "\\x.exe"}, logsource=PRODUCT, number=1),
    rule_text(
        {"a": {"User|exists": False}, "b": {"Image": 1}, "condition": "a and b"}, logsource=PRODUCT, number=2
    ),
    rule_text({"keywords": ["mimi"], "condition": "keywords"}, logsource=PRODUCT, number=3),
    rule_text({"EventID": 7, "Image|contains": "y"}, logsource=PRODUCT, number=4),
    rule_text({"Image|fieldref": "User"}, logsource=PRODUCT, number=5),
    rule_text({"Details": "z"}, logsource={"product": "windows", "category": "registry_add"}, number=6),
    groups=frozenset([AUDIT]),
).rules
plain = st.sampled_from(["C:\\x.exe", "y", "mimi", 1, 7, True, 1.0, None, "", ["y", "C:\\X.EXE"], []])
events = st.dictionaries(
    st.sampled_from(["Image", "image", "User", "USER", "eventid", "n"]), plain, max_size=5
)
kinds = st.sampled_from(
    [{}, {"EventID": 1}, {"EventID": True}, {"EventID": 7}, {"EventID": "7"}, {"EventID": [7]}]
)
records = st.builds(lambda kind, more: record({"Channel": SYSMON, **kind, **more}, WINDOWS), kinds, events)


def told(rules, batch):
    return [(at, rule.id, atoms) for at, rule, atoms in detect(rules, batch)]


@given(st.lists(records, max_size=12), st.booleans())
def test_many_records_give_what_each_gives_alone(batch, forgetful):
    rules = CompiledRules(RULES.rules, RULES.groups)
    with pytest.MonkeyPatch.context() as patch:
        if forgetful:
            patch.setattr(compiling, "MEMORY", 1_500)
            patch.setattr(compiling, "MAX_PROGRAMS", 2)
            patch.setattr(lanes, "MAX_NAMES", 60)
        together = told(rules, batch)
        again = told(rules, batch)
    alone = [
        (at, rule_id, atoms)
        for at, one in enumerate(batch)
        for _, rule_id, atoms in told(CompiledRules(RULES.rules, RULES.groups), [one])
    ]
    assert together == again == alone


def test_a_spelling_that_comes_later_leaves_earlier_lanes_true():
    rules = CompiledRules(RULES.rules, RULES.groups)
    fields = {"Channel": SYSMON, "EventID": 1, "Image": "C:\\x.exe"}
    first = record(fields, WINDOWS)
    later = record({"Channel": SYSMON, "EventID": 1, "IMAGE": "C:\\x.exe"}, WINDOWS)
    assert [len(told(rules, [one])) for one in (first, later, first, later)] == [1, 1, 1, 1]


def test_what_decides_the_kind_besides_channel_and_number_is_asked_of_each_record():
    rules = CompiledRules(RULES.rules, RULES.groups)
    fields = {"Channel": "Security", "EventID": 4657, "NewValue": "z"}
    batch = [record({**fields, "OperationType": kind}, WINDOWS) for kind in ("%%1904", "%%1905", "%%1904")]
    assert [at for at, _, _ in detect(rules, batch)] == [0, 2]
