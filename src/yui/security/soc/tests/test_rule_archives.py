"""Reading folders, archives and documents of rules: what is read, what is refused and why."""

import gzip
import io

import pytest

from yui.security.soc.formats.rule_archives import (
    RuleLimits,
    RuleSourceMissing,
    licence_name,
    read_rule_path,
    read_rule_stream,
)
from yui.security.soc.formats.rule_documents import RuleFacts, UnreadDocument, read_documents
from yui.security.soc.tests.rule_packs import LICENCE, ONE, PACK, TWO, rule, tarred, zipped


@pytest.mark.parametrize(
    "stream", [zipped(**PACK), tarred(**PACK), tarred("w:xz", **PACK), tarred("w", **PACK)]
)
def test_every_sort_of_archive_gives_the_same_rules(stream):
    found = read_rule_stream("pack", stream)
    assert [place for place, _text in found.texts] == ["rules/a.yml", "rules/b.yaml"]
    assert (found.licence, found.others, found.unread) == ("DRL 1.1", 1, ())
    assert found.sha256 == read_rule_stream("other", zipped(**PACK)).sha256


def test_a_folder_a_file_and_a_packed_file(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.yml").write_text(rule(), encoding="utf-8")
    (tmp_path / "link.yml").symlink_to("/etc/passwd")
    found = read_rule_path(tmp_path)
    assert [place for place, _text in found.texts] == ["deep/a.yml"]
    assert [place for place, _reason in found.unread] == ["link.yml"]
    assert len(read_rule_path(tmp_path / "deep" / "a.yml").texts) == 1
    (tmp_path / "a.yml.gz").write_bytes(gzip.compress(rule().encode()))
    assert read_rule_path(tmp_path / "a.yml.gz").texts[0].text == rule()
    with pytest.raises(RuleSourceMissing):
        read_rule_path(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped(**{"big.yml": "a" * 5000}).read(), "larger"),
        (zipped(**{f"{n}.yml": rule() for n in range(9)}).read(), "more than 5 files"),
        (zipped(**{f"{n}.yml": "a" * 900 for n in range(5)}).read(), "more than 3000 bytes"),
        (zipped(**{"latin.yml": b"title: \xe9\xff"}).read(), "not UTF-8"),
        (zipped(**{"a.yml": rule()}).read()[:-30], "broken archive"),
        (tarred(**{"a.yml": rule() * 20}).read()[:200], "broken archive"),
        (gzip.compress(b"a" * 5000, mtime=0), "larger"),
    ],
    ids=["large file", "many files", "large sum", "not UTF-8", "cut zip", "cut tar", "large unpacked"],
)
def test_hostile_archives_are_told_not_raised(content, said):
    limits = RuleLimits(file_bytes=2000, total_bytes=3000, files=5)
    found = read_rule_stream("pack", io.BytesIO(content), limits)
    assert said in " ".join(reason for _place, reason in found.unread)


def test_names_inside_archives_are_only_names(tmp_path):
    found = read_rule_stream("pack", tarred(**{"../../evil.yml": rule(), "/etc/x.yml": rule("b", TWO)}))
    assert len(found.texts) == 2
    assert not (tmp_path.parent / "evil.yml").exists()


@pytest.mark.parametrize(
    ("text", "name"), [(LICENCE, "DRL 1.1"), ("# MIT License\n…", "MIT License"), ("\n\n", "")]
)
def test_a_licence_file_gives_a_short_name(text, name):
    assert licence_name(text) == name


BOMB = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 10)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    "text",
    ["", "[" * 90_000, "- " * 5_000 + "a", BOMB + "title: x\ndetection: {a: 1}", "{a: 1", "a", "title: x",
     "title: x\ndetection: 3", "detection: {a: 1}", "title: x\nid: 'a b'\ndetection: {a: 1}", "&a [*a]",
     "title: \"\\ud800\"\ndetection: {a: 1}", "!!python/object:os.system x",
     "title: x\ndetection: {? {a: b} : c}"],
)  # fmt: skip
def test_hostile_documents_are_told_not_raised(text):
    found = list(read_documents([("x.yml", text)]))
    assert found and all(isinstance(one, UnreadDocument | RuleFacts) for one in found)


def test_facts_are_read_from_the_text():
    (facts,) = read_documents([("a.yml", rule())])
    assert (facts.rule_id, facts.level, facts.author, facts.product) == (ONE, "high", "A. Author", "windows")
    assert facts.techniques == ("T1059.001",)
    assert facts.tactics == ("execution", "credential-access")
    assert facts.fields == ("Image",)


def test_a_file_may_hold_several_documents_and_actions():
    plain = list(read_documents([("a.yml", f"{rule()}---\n{rule('b', TWO)}---\n# end\n")]))
    assert [facts.rule_id for facts in plain] == [ONE, TWO]
    text = (
        "action: global\ntitle: Both\nlevel: low\n---\ndetection: {a: {b: 1}, condition: a}\n---\n"
        "detection: {c: {d: 1}, condition: c}\nlevel: high\n"
    )
    acted = list(read_documents([("b.yml", text)]))
    assert [(facts.title, facts.level, facts.fields) for facts in acted] == [
        ("Both", "low", ("b",)),
        ("Both", "high", ("d",)),
    ]
    assert acted[0].rule_id != acted[1].rule_id


def test_a_rule_without_an_id_gets_one_that_stays():
    text = rule().replace(f"id: {ONE}\n", "")
    (first,), (second,) = (list(read_documents([(place, text)])) for place in ("a.yml", "b.yml"))
    assert first.rule_id == second.rule_id
    assert f"id: {first.rule_id}" in first.source


def test_the_whole_collection_of_sigma_is_read(shared_data):
    files = read_rule_path(shared_data / "soc" / "sigma" / "rules.tar.gz")
    found = list(read_documents(files.texts))
    assert len(found) == 3141 and all(isinstance(one, RuleFacts) for one in found)
    assert len({one.rule_id for one in found}) == 3141
