"""Importing rules: what is read, what is refused and why, and what a second import changes."""

import gzip
import io
import json
import tarfile
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError

from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.security.soc.commands.rules import Command
from yui.security.soc.formats.rule_archives import (
    RuleLimits,
    RuleSourceMissing,
    licence_name,
    read_rule_path,
    read_rule_stream,
)
from yui.security.soc.formats.rule_documents import RuleFacts, UnreadDocument, read_documents
from yui.security.soc.models import DetectionRule, RuleKind, RulePack
from yui.security.soc.operations.rules.import_rules import import_rules
from yui.security.soc.operations.rules.reading import read_rules

RULE = """title: Test of {name}
id: {id}
status: test
description: Finds {name}.
author: A. Author
tags:
    - attack.execution
    - attack.t1059.001
    - attack.credential_access
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        Image|endswith: '\\{name}.exe'
    condition: selection
level: high
"""
ONE, TWO = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"
CORRELATION = f"""title: Many
id: 00000000-0000-4000-8000-000000000009
correlation:
    type: event_count
    rules:
        - {ONE}
    group-by:
        - User
    timespan: 5m
    condition:
        gte: 10
level: high
"""
LICENCE = "Detection Rule License (DRL) 1.1\n\nPermission is hereby granted …"


def rule(name="a", identifier=ONE):
    return RULE.format(name=name, id=identifier)


def zipped(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    stream.seek(0)
    return stream


def tarred(mode="w:gz", **files):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    stream.seek(0)
    return stream


PACK = {"rules/a.yml": rule("a"), "rules/b.yaml": rule("b", TWO), "LICENSE.md": LICENCE, "README.md": "x"}


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
        (gzip.compress(b"a" * 5000), "larger"),
    ],
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


def read(**files):
    return read_rules(read_rule_stream("pack.zip", zipped(**files)))


def test_everything_adds_up():
    found = read(**{
        "a.yml": rule(), "twice.yml": rule(), "bad.yml": "a: [", "none.yml": "title: only",
        "odd.yml": rule("c", "odd-1").replace("endswith", "nosuchmodifier"), "c.yml": CORRELATION,
        "lone.yml": CORRELATION.replace("0009", "0008").replace(ONE, "missing"),
    })  # fmt: skip
    assert found.parsed == found.loaded + len(found.unsupported) == 7
    reasons = {one.rule_id: one.reason for one in found.unsupported}
    assert set(reasons) == {ONE, "bad.yml", "none.yml", "odd-1", "00000000-0000-4000-8000-000000000008"}
    assert all("/" in reason or "." in reason for reason in reasons.values())


@pytest.fixture
def jun_imports(jun, actor_of):
    def run(retires_missing=False, **files):
        return import_rules(actor_of(jun), read=read(**files), retires_missing=retires_missing)

    return run


def stored():
    return {one.rule_id: one for one in DetectionRule.objects.unscoped("test")}


def test_rules_are_kept_with_their_licence_and_author(jun_imports, soc):
    result = jun_imports(**PACK)
    assert (result.parsed, result.loaded, result.new) == (2, 2, 2)
    one = stored()[ONE]
    assert (one.organisation, one.visibility, one.licence, one.author) == (
        soc,
        "wards",
        "DRL 1.1",
        "A. Author",
    )
    assert (one.is_default, one.kind, one.level) == (False, RuleKind.EVENT, 3)
    assert RulePack.objects.unscoped("test").get().licence == "DRL 1.1"


def test_a_second_import_changes_only_what_changed(jun_imports):
    jun_imports(**PACK)
    DetectionRule.objects.unscoped("test").update(is_default=True)
    changed = PACK | {"rules/a.yml": rule("a").replace("level: high", "level: low")}
    result = jun_imports(**changed)
    assert (result.new, result.changed, result.unchanged) == (0, 1, 1)
    one = stored()[ONE]
    assert one.is_default and one.level == 1 and "level: low" in one.source
    told = Entry.objects.filter(subject=f"yui:soc.rule:{one.pk}").get().content
    assert told["changes"]["level"] == [3, 1]


def test_a_rule_that_can_no_longer_be_evaluated_is_switched_off_and_told(jun_imports):
    jun_imports(**PACK)
    DetectionRule.objects.unscoped("test").update(is_default=True)
    result = jun_imports(**(PACK | {"rules/a.yml": rule("a").replace("endswith", "nosuchmodifier")}))
    assert (result.switched_off, result.loaded, len(result.unsupported)) == (1, 1, 1)
    assert not stored()[ONE].is_default and stored()[ONE].unsupported


def test_missing_rules_stay_unless_asked(jun_imports):
    jun_imports(**PACK)
    assert jun_imports(**{"rules/a.yml": PACK["rules/a.yml"]}).retired == 0
    assert stored()[TWO].retired_at is None


def test_missing_rules_of_the_same_pack_are_retired(jun_imports):
    jun_imports(**PACK)
    result = jun_imports(retires_missing=True, **{"rules/a.yml": PACK["rules/a.yml"]})
    assert result.retired == 1
    assert stored()[TWO].retired_at is not None and stored()[ONE].retired_at is None


def test_a_correlation_may_refer_to_rules_of_an_earlier_import(jun_imports):
    jun_imports(**PACK)
    found = read_rules(read_rule_stream("c.yml", io.BytesIO(CORRELATION.encode())), known_ids=[ONE, TWO])
    assert (found.parsed, found.loaded) == (1, 1)


@pytest.mark.parametrize("person", ["alice", "anna", "bob", "charlie"])
def test_only_the_joint_body_imports(request, person, actor_of, soc):
    with pytest.raises(PermissionRefused):
        import_rules(actor_of(request.getfixturevalue(person)), read=read(**PACK))
    assert not RulePack.objects.unscoped("test").exists()


def test_a_pack_without_rules_is_refused(jun_imports):
    with pytest.raises(ValidationError):
        jun_imports(**{"README.md": "x"})


def run_command(capsys, *words):
    Command().run_from_argv(["yui", "soc rules", "import", *words])
    return capsys.readouterr().out


def test_the_command_prints_what_it_promises(tmp_path, organisations, capsys):
    (tmp_path / "a.yml").write_text(rule(), encoding="utf-8")
    (tmp_path / "b.yml").write_text("a: [", encoding="utf-8")
    told = json.loads(run_command(capsys, str(tmp_path), "--json"))
    assert list(told) == ["parsed", "loaded", "unsupported"]
    assert (told["parsed"], told["loaded"]) == (2, 1)
    assert told["unsupported"][0]["id"] == "b.yml" and told["unsupported"][0]["reason"]
    assert "parsed 2 = loaded 1 + unsupported 1" in run_command(capsys, str(tmp_path), "--licence", "DRL 1.1")


def test_the_command_says_what_is_missing(tmp_path, organisations):
    command = Command()
    with pytest.raises(CommandError, match="cannot read"):
        command.handle(verb="import", path=tmp_path / "no", licence="", retire_missing=False, as_json=True)
    with pytest.raises(CommandError):
        command.handle(verb="import", path=tmp_path, licence="", retire_missing=False, as_json=True)


def test_the_whole_collection_of_sigma_is_read(shared_data):
    files = read_rule_path(shared_data / "soc" / "sigma" / "rules.tar.gz")
    found = list(read_documents(files.texts))
    assert len(found) == 3141 and all(isinstance(one, RuleFacts) for one in found)
    assert len({one.rule_id for one in found}) == 3141
