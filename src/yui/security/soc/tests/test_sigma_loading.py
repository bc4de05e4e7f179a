"""Loading: what one bad document does to its neighbours, what the cache may and may not do."""

import pickle

import pytest

from yui.security.soc.engine.sigma import loading, parsing
from yui.security.soc.engine.sigma.loading import load_rules
from yui.security.soc.engine.sigma.matching import detect
from yui.security.soc.engine.sigma.nodes import TreeRefused, as_json, atoms_of, from_json
from yui.security.soc.tests.sigma_samples import APP, loaded, matches, record, rule_text

CORRELATION = """
title: Many
correlation:
  type: event_count
  rules: [r1]
  timespan: 5m
  condition: {gte: 3}
"""


class TestDocuments:
    def test_a_bad_rule_leaves_its_neighbours_alone(self):
        text = rule_text({"f": 1}) + "---\n" + rule_text({"f|nonsense": 1}, number=2)
        found = load_rules([("a.yml", text), ("b.yml", rule_text({"f": 2}, number=3))])
        assert (found.parsed, found.loaded) == (3, 2)
        assert [(one.id[-1], one.place) for one in found.unsupported] == [("2", "a.yml")]

    @pytest.mark.parametrize(
        "text",
        [
            "just text",
            "- a list",
            "title: [unclosed",
            "title: no detection\nlogsource: {product: x}",
            "title: x\nlogsource: {}\ndetection: {a: {f: 1}, condition: a}",
            "title: x\nlogsource: oh\ndetection: {a: {f: 1}, condition: a}",
            "title: x\nlogsource: {product: x}\ndetection: {a: {}, condition: a}",
            "title: x\nlogsource: {product: x}\ndetection: []",
            "title: x\ntitle: y",
            "!!python/object/apply:os.system [ls]",
            "a: &a [x, x]\nb: &b [*a, *a]\nlogsource: {product: x}\ndetection: {s: *b, condition: s}\nc: *c",
            "x" * 2_000_000,
            "[" * 3_000,
        ],
    )
    def test_what_is_no_rule_is_told_with_its_place(self, text):
        found = load_rules([("bad.yml", text)])
        assert found.loaded == 0
        assert found.unsupported[0].place == "bad.yml"
        assert found.unsupported[0].reason

    def test_aliases_that_multiply_are_refused(self):
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
        found = load_rules([("bomb.yml", "\n".join([*lines, "detection: {s: *a8, condition: s}"]))])
        assert found.loaded == 0
        assert "aliases" in found.unsupported[0].reason

    def test_a_condition_nested_too_deeply_is_refused(self):
        deep = "(" * 400 + "sel" + ")" * 400
        found = load_rules([("deep.yml", rule_text({"sel": {"f": 1}, "condition": deep}))])
        assert found.loaded + len(found.unsupported) == 1

    def test_collection_actions(self):
        text = (
            "action: global\ntitle: Shared\nlevel: high\nlogsource: {product: demo, service: app}\n"
            "---\nid: one\ndetection: {s: {f: 1}, condition: s}\n"
            "---\nid: two\ndetection: {s: {f: 2}, condition: s}\n"
            "---\naction: repeat\nid: three\ndetection: {s: {f: 3}, condition: s}\n"
        )
        rules = loaded(text).rules
        assert [(rule.id, rule.title, rule.level) for rule in rules] == [
            ("one", "Shared", "high"), ("two", "Shared", "high"), ("three", "Shared", "high")
        ]  # fmt: skip
        assert [m.rule.id for m in detect(rules, [record({"f": 3}), record({"f": 1})])] == ["three", "one"]

    def test_descriptive_fields_are_read_leniently(self):
        text = rule_text(
            {"f": 1}, level="High", date="whenever", status="odd", tags="attack.T1059.001",
            references="https://example.org", author=["A", "B"], license="MIT",
        )  # fmt: skip
        rule = loaded(text.replace("00000000-0000-4000-8000-000000000001", "no-uuid")).rules.rules[0]
        assert (rule.id, rule.level, rule.author, rule.licence) == ("no-uuid", "high", "A, B", "MIT")
        assert rule.techniques == ("T1059.001",)

    def test_a_rule_without_id_gets_a_stable_one(self):
        text = rule_text({"f": 1}).replace("id: 00000000-0000-4000-8000-000000000001\n", "")
        assert loaded(text).rules.rules[0].id == loaded(text).rules.rules[0].id != ""

    def test_the_licence_of_the_pack_is_for_rules_without_their_own(self):
        texts = [rule_text({"f": 1}), rule_text({"f": 1}, number=2, license="MIT")]
        assert [rule.licence for rule in loaded(*texts, licence="DRL 1.1").rules] == ["DRL 1.1", "MIT"]
        assert [rule.licence for rule in loaded(*texts).rules] == ["", "MIT"]

    def test_the_same_id_twice_is_told(self):
        found = load_rules([("a.yml", rule_text({"f": 1})), ("b.yml", rule_text({"f": 2}))])
        assert found.loaded == 1
        assert (found.unsupported[0].place, "a.yml" in found.unsupported[0].reason) == ("b.yml", True)

    def test_correlations_are_handed_on(self):
        found = load_rules([("c.yml", CORRELATION), ("r.yml", rule_text({"f": 1}, name="r1"))])
        assert (found.loaded, found.parsed, found.correlations) == (1, 2, (CORRELATION,))


class TestFilters:
    def filtered(self, rules="any", logsource=APP):
        text = (
            f"title: F\nlogsource: {dict(logsource)}\n"
            f"filter: {{rules: {rules}, allowed: {{user: admin}}, condition: not allowed}}"
        )
        both = [("f.yml", text), ("r.yml", rule_text({"f": 1}, name="r1"))]
        events = [record({"f": 1, "user": "Admin"}), record({"f": 1, "user": "eve"})]
        return [match.position for match in detect(load_rules(both).rules, events)]

    def test_a_filter_takes_out_what_it_names(self):
        assert self.filtered() == [1]
        assert self.filtered("[r1]") == [1]
        assert self.filtered("[00000000-0000-4000-8000-000000000001]") == [1]

    def test_a_filter_of_another_rule_or_source_takes_nothing(self):
        assert self.filtered("[r2]") == [0, 1]
        assert self.filtered(logsource={"product": "linux"}) == [0, 1]

    def test_a_filter_of_a_wider_source_applies(self):
        assert self.filtered(logsource={"product": "demo"}) == [1]

    @pytest.mark.parametrize("section", ["{a: {f: 1}, condition: a}", "{rules: any, a: {f: 1}}", "nothing"])
    def test_a_broken_filter_is_told(self, section):
        found = load_rules([("f.yml", f"title: F\nlogsource: {{product: demo}}\nfilter: {section}")])
        assert found.unsupported[0].place == "f.yml"


class TestCache:
    TEXTS = [("a.yml", rule_text({"f|re": "ab+c", "g|contains": ["x", "y"]}, level="high")),
             ("b.yml", rule_text({"f|bad": 1}, number=2)), ("c.yml", CORRELATION),
             ("d.yml", rule_text({"f|expand": "%who%"}, number=3))]  # fmt: skip
    EXPAND = {"who": ["bob"]}

    def test_the_second_time_nothing_is_parsed(self, tmp_path, monkeypatch):
        first = load_rules(self.TEXTS, cache=tmp_path, expand=self.EXPAND)

        def never(*args):
            raise AssertionError("parsed again")

        monkeypatch.setattr(parsing, "parse_text", never)
        second = load_rules(self.TEXTS, cache=tmp_path, expand=self.EXPAND)
        assert second.rules.rules == first.rules.rules
        assert [rule.tree for rule in second.rules] == [rule.tree for rule in first.rules]
        assert second[1:] == first[1:]

    def test_other_placeholder_values_are_another_rule(self, tmp_path):
        load_rules(self.TEXTS, cache=tmp_path, expand=self.EXPAND)
        other = load_rules(self.TEXTS[3:], cache=tmp_path, expand={"who": ["eve"]})
        assert detect(other.rules, [record({"f": "bob"}), record({"f": "eve"})])[0].position == 1

    def test_a_broken_or_foreign_cache_is_parsed_anew(self, tmp_path):
        load_rules(self.TEXTS, cache=tmp_path)
        (file,) = tmp_path.glob("sigma-*.jsonl")
        good = file.read_bytes()
        for bad in (
            b"",
            b"\xff\x00 nonsense",
            good[:-20],
            good.replace(b'"all"', b'"xxx"'),
            good[5:],
            b"{}\n" * 99,
        ):
            file.write_bytes(bad)
            assert load_rules(self.TEXTS, cache=tmp_path).loaded == 1
            assert file.read_bytes().count(b"\n") >= good.count(b"\n")

    def test_a_sound_line_with_a_tree_that_makes_no_sense_is_parsed_anew(self, tmp_path, monkeypatch):
        monkeypatch.setattr("yui.security.soc.engine.sigma.caching.as_json", lambda tree: ["atom", "f", "zz"])
        load_rules(self.TEXTS[:1], cache=tmp_path)
        assert load_rules(self.TEXTS[:1], cache=tmp_path).loaded == 1

    def test_a_folder_that_cannot_be_written_is_no_error(self, tmp_path):
        (tmp_path / "file").write_text("")
        assert load_rules(self.TEXTS, cache=tmp_path / "file" / "below").loaded == 1


class TestCompiled:
    def test_pickling_carries_the_rules_and_nothing_prepared(self):
        rules = loaded(rule_text({"f": 1})).rules
        detect(rules, [record({"f": 1})])
        again = pickle.loads(pickle.dumps(rules))
        assert [m.rule.id for m in detect(again, [record({"f": 1})])] == [rules.rules[0].id]

    def test_a_subset(self):
        rules = loaded(rule_text({"f": 1}), rule_text({"f": 1}, number=2)).rules
        part = rules.subset([rules.rules[1].id, "unknown"])
        assert [m.rule.title for m in detect(part, [record({"f": 1})])] == ["Rule 2"]
        assert len(part) == 1

    def test_trees_survive_their_writing(self):
        detection = {
            "a": {"f|re|i": "x", "g": None},
            "b": {"h|cidr": "10.0.0.0/8"},
            "condition": "a and not b",
        }
        tree = loaded(rule_text(detection)).rules.rules[0].tree
        assert from_json(as_json(tree)) == tree
        assert {atom.name for atom in atoms_of(tree)} == {"f", "g", "h"}

    @pytest.mark.parametrize(
        "value", [None, [], ["atom"], ["not", "x"], ["all", [1]], ["atom", "f", "?", "", False, ""]]
    )
    def test_what_is_no_tree_is_refused(self, value):
        with pytest.raises(TreeRefused):
            from_json(value)

    def test_loading_needs_no_cache(self):
        assert matches({"f": 1}, {"f": 1})
        assert loading.load_rules([]).loaded == 0
