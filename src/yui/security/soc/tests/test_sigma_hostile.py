"""Events made to break the detector: it answers rightly, in bounded memory, whatever comes."""

import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from yui.security.soc.engine.records import LogSource
from yui.security.soc.engine.sigma import compiling, lanes
from yui.security.soc.engine.sigma.compiling import CompiledRules
from yui.security.soc.engine.sigma.fields import CHUNK, Budget
from yui.security.soc.engine.sigma.matching import detect
from yui.security.soc.tests.sigma_samples import WINDOWS, loaded, record, rule_text

RULES = loaded(
    rule_text({"f|contains": ["evil", "x"]}),
    rule_text({"k": ["needle"], "condition": "k"}, number=2),
    rule_text({"EventID": 1, "g|endswith": "tail"}, number=3, logsource={"product": "windows"}),
).rules

anything = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.binary(max_size=3),
        st.text(st.characters(categories=["Cs", "Lu", "Cc"]), max_size=3),
        st.sampled_from(["evil", "EVIL\ud800", "needle", "tail", 10**4200]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.dictionaries(
            st.one_of(
                st.sampled_from(["f", "F", "g", "EventID", "Channel", "eventid", "__proto__"]),
                st.text(max_size=3),
            ),
            anything,
            max_size=5,
        ),
        max_size=4,
    ),
    st.sampled_from(
        [WINDOWS, LogSource("demo", "", "app"), LogSource(), LogSource("x" * 1000, "\0", "\ud800")]
    ),
)
def test_no_value_name_or_source_raises(events, source):
    detect(RULES, [record(fields, source) for fields in events])


def test_numbers_too_long_to_write_in_decimal():
    assert detect(RULES, [record({"f": 10**9000, "g": "x evil"}), record({"f": ["evil", 10**9000]})])


def test_halves_of_surrogate_pairs():
    found = detect(RULES, [record({"f": "\ud800evil\udfff"}), record({"a": "\udc00", "b": "Needle"})])
    assert [match.rule.title for match in found] == ["Rule 1", "Rule 2"]


def test_a_value_of_ten_megabytes_is_searched_piece_by_piece():
    rules = loaded(
        rule_text({"f|contains": "boundary-word", "g|endswith": "tail", "h|startswith": "head"})
    ).rules
    cut = "a" * (CHUNK - 4) + "boundary-word" + "b" * 10_000_000
    event = {"f": cut, "g": "x" * (2 * CHUNK) + "tail", "h": "head" + "y" * (2 * CHUNK)}
    assert detect(rules, [record(event)])
    assert not detect(
        rules, [record({**event, "g": event["g"] + "x"}), record({**event, "h": "x" + event["h"]})]
    )


def test_distinct_values_field_names_and_event_numbers_do_not_pile_up(monkeypatch):
    monkeypatch.setattr(compiling, "MEMORY", 200_000)
    monkeypatch.setattr(compiling, "MAX_NAMES", 500)
    monkeypatch.setattr(compiling, "MAX_KINDS", 300)
    monkeypatch.setattr(compiling, "MAX_PROGRAMS", 5)
    monkeypatch.setattr(lanes, "MAX_NAMES", 500)
    rules = CompiledRules(RULES.rules)
    for number in range(6_000):
        fields = {"f": f"{number} evil" if number % 500 == 0 else f"value {number}", f"name{number}": 1}
        source = LogSource("demo", f"c{number % 50}", "app")
        found = detect(rules, [record(fields, source), record({"EventID": number, "F": [number]}, WINDOWS)])
        assert bool(found) == (number % 500 == 0)
    programs = rules.programs
    assert sum(len(view.known) for view in programs.views.values()) <= 510
    assert sum(len(view.ready) for view in programs.views.values()) <= 300
    assert len(programs._by_kind) <= 5
    shapes = rules.lanes._shapes.values()
    assert sum(len(names) + 1 for shape in shapes for names in shape) <= 510
    assert sum(len(kinds or ()) for shape in shapes for kinds in shape.values()) <= 10
    memos = [memo for program in programs._by_kind.values() if program for _, memo in program.lookups]
    assert sum(sys.getsizeof(memo) for memo in memos) < 1_000_000


def test_the_budget_empties_every_memo_at_once():
    emptied = []
    budget = Budget(100)
    budget.watch(lambda: emptied.append(1))
    budget.watch(lambda: emptied.append(2))
    budget.spend(60)
    assert emptied == []
    budget.spend(60)
    assert emptied == [1, 2]
    budget.spend(60)
    assert emptied == [1, 2]


def test_memos_forget_without_forgetting_what_matches(monkeypatch):
    monkeypatch.setattr(compiling, "MEMORY", 1)
    rules = CompiledRules(RULES.rules)
    events = [record({"f": value}) for value in ("evil", "good", "evil", "good", "EVIL")]
    assert [match.position for match in detect(rules, events)] == [0, 2, 4]
