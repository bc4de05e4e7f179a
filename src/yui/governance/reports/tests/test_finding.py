"""Reports are found by search and by their names, by those who may see them."""

import pytest

from yui.governance.reports import finding
from yui.governance.reports.facts import NoteFacts
from yui.governance.reports.operations import add_note

pytestmark = pytest.mark.django_db


def test_names_lead_only_readers_to_a_report(own, joint, alice, charlie, actor_of):
    keys = [str(own.pk), str(joint.pk), "x"]
    assert set(finding.resolve_reports(keys, actor_of(alice))) == {str(own.pk), str(joint.pk)}
    assert set(finding.resolve_reports(keys, actor_of(charlie))) == {str(joint.pk)}


def test_the_index_reads_notes_and_knows_who_sees_them(own, system_actor):
    add_note(system_actor, report=own, facts=NoteFacts("risk", "アカシアの危険"))
    document = finding.one(str(own.pk))
    assert document is not None and "アカシアの危険" in document.body and document.visibility == "own"
    assert document.title == "月次報告 2026年10月 港区"
    assert [each.urn for each in finding.documents(None)] == [document.urn]
    assert finding.one("0") is None
