"""Importing rules: who may, what is kept, and what a second import changes."""

import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.security.soc.commands.rules import Command
from yui.security.soc.formats.rule_archives import read_rule_stream
from yui.security.soc.models import DetectionRule, RuleKind, RulePack
from yui.security.soc.operations.rules.import_rules import import_rules
from yui.security.soc.operations.rules.reading import read_rules
from yui.security.soc.tests.rule_packs import CORRELATION, ONE, PACK, TWO, rule, zipped


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


def run_command(*words):
    out = io.StringIO()
    call_command(Command(stdout=out), "import", *words)
    return out.getvalue()


def test_the_command_prints_what_it_promises(tmp_path, organisations):
    (tmp_path / "a.yml").write_text(rule(), encoding="utf-8")
    (tmp_path / "b.yml").write_text("a: [", encoding="utf-8")
    told = json.loads(run_command(str(tmp_path), "--json"))
    assert list(told) == ["parsed", "loaded", "unsupported"]
    assert (told["parsed"], told["loaded"]) == (2, 1)
    assert told["unsupported"][0]["id"] == "b.yml" and told["unsupported"][0]["reason"]
    assert "parsed 2 = loaded 1 + unsupported 1" in run_command(str(tmp_path), "--licence", "DRL 1.1")


def test_the_command_says_what_is_missing(tmp_path, organisations):
    command = Command()
    with pytest.raises(CommandError, match="cannot read"):
        command.handle(verb="import", path=tmp_path / "no", licence="", retire_missing=False, as_json=True)
    with pytest.raises(CommandError):
        command.handle(verb="import", path=tmp_path, licence="", retire_missing=False, as_json=True)
