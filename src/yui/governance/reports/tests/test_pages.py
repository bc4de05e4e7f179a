"""The room's pages: who sees a report, writes in it, closes and publishes it; and its files."""

import io
import zipfile

import pytest
from django.urls import reverse

from yui.governance.reports.facts import NoteFacts
from yui.governance.reports.models import EditionFile, Note, Report, ReportPlan
from yui.governance.reports.operations import add_note, close_report
from yui.governance.reports.tests.conftest import PERIOD, editions, fresh
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import Actor

pytestmark = pytest.mark.django_db

NOTE = {"topic": "risk", "text": "<b>期限</b>に注意", "weight": 70}


def page(name, *args):
    """The address of a page."""
    return reverse(f"reports:{name}", args=args)


def body(answer):
    """The text of a page that answered well."""
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_list_shows_each_reader_his_reports(joint, own, alice, charlie, client_of):
    assert "港区" in body(client_of(alice).get(page("reports")))
    text = body(client_of(charlie).get(page("reports")))
    assert page("report", joint.pk) in text and page("report", own.pk) not in text
    narrowed = body(client_of(alice).get(page("reports"), {"organisation": "131032", "kind": "monthly"}))
    assert page("report", own.pk) in narrowed and page("report", joint.pk) not in narrowed


def test_a_report_reads_as_a_page_with_charts_and_hashes(own, alice, client_of):
    text = body(client_of(alice).get(own.get_absolute_url()))
    assert "BPRを実施した部署の割合" in text and "+1.0ポイント" in text and "23区の中央値" in text
    assert "<figure" in text and editions(own)[0].sha256[:16] in text
    assert "決めてほしいことはありません。" in text and "内部の型" in text


def test_it_reads_in_english(own, alice, client_of):
    client = client_of(alice)
    client.cookies["django_language"] = "en"
    text = body(client.get(own.get_absolute_url()))
    assert "Departments that carried out BPR" in text and "No decision is wanted." in text


def test_the_stranger_finds_no_report_of_the_ward(own, charlie, client_of):
    add_note(Actor.system("test"), report=own, facts=NoteFacts("risk", "秘密"))
    note = Note.objects.unscoped("test").get()
    client = client_of(charlie)
    for address in (
        page("report", own.pk),
        page("plan", own.plan_id),
        page("note", note.pk),
        page("note-new", own.pk),
        page("close", own.pk),
        page("publish", own.pk),
        page("edition-file", editions(own)[0].pk, "ja", "xlsx"),
        f"/api/v1/reports/{own.pk}",
    ):
        assert client.get(address).status_code == 404, address
    for address in (page("remake", own.pk), page("plan-make", own.plan_id)):
        assert client.post(address).status_code == 404


def test_notes_are_written_changed_and_removed(own, alice, bob, client_of):
    client = client_of(alice)
    assert client.post(page("note-new", own.pk), NOTE | {"text": " "}).status_code == 422
    assert client.post(page("note-new", own.pk), NOTE | {"weight": 101}).status_code == 422
    assert client.post(page("note-new", own.pk), NOTE).status_code == 302
    text = body(client.get(own.get_absolute_url()))
    assert "&lt;b&gt;期限&lt;/b&gt;に注意" in text and "<b>期限" not in text
    note = Note.objects.unscoped("test").get()
    assert note.author == alice
    assert client_of(bob).get(page("note", note.pk)).status_code == 403
    assert client.post(page("note", note.pk), NOTE | {"text": "直した"}).status_code == 302
    assert "直した" in body(client.get(page("note", note.pk)))
    assert client.post(page("note", note.pk), {"remove": "1"}).status_code == 302
    assert not Note.objects.unscoped("test").exists()


def test_closing_asks_first_and_freezes_the_notes(own, alice, anna, client_of):
    client_of(alice).post(page("note-new", own.pk), NOTE)
    assert client_of(alice).post(page("close", own.pk)).status_code == 403
    assert "この内容で確定する" in body(client_of(anna).get(page("close", own.pk)))
    assert fresh(own).is_draft
    assert client_of(anna).post(page("close", own.pk)).status_code == 302
    assert fresh(own).state == "closed" and fresh(own).closed_by == anna
    assert "期限" in editions(own)[-1].content
    assert client_of(alice).get(page("note-new", own.pk)).status_code == 403
    assert "この報告書は確定しています" in body(client_of(anna).get(page("note-new", own.pk)))
    assert "もう確定しています" in body(client_of(anna).get(page("close", own.pk)))


def test_publishing_shows_exactly_what_everybody_will_read(own, anna, client_of):
    client = client_of(anna)
    assert "確定してください" in body(client.get(page("publish", own.pk)))
    client.post(page("publish", own.pk))
    assert fresh(own).is_draft
    client.post(page("close", own.pk))
    text = body(client.get(page("publish", own.pk)))
    assert "BPRを実施した部署の割合" in text and "対歳出比率" not in text and "内部の型" not in text
    assert client.post(page("publish", own.pk)).status_code == 302
    assert fresh(own).is_published and len(editions(own, "public")) == 1
    again = client.post(page("publish", own.pk), follow=True)
    assert "公表している版と同じ内容です" in body(again)


def test_files_are_sent_kept_and_entered_into_the_ledger(own, bob, client_of):
    edition = editions(own)[0]
    client = client_of(bob)
    book = client.get(page("edition-file", edition.pk, "ja", "xlsx"))
    with zipfile.ZipFile(io.BytesIO(book.content)) as archive:
        assert "BPRを実施した部署の割合" in archive.read("xl/sharedStrings.xml").decode()
    assert client.get(page("edition-file", edition.pk, "ja", "xlsx")).content == book.content
    assert EditionFile.objects.unscoped("test").count() == 1
    assert Entry.objects.filter(verb="exchange.export.record").count() == 2
    for language, file_format in (("ja", "doc"), ("fr", "pdf")):
        assert client.get(page("edition-file", edition.pk, language, file_format)).status_code == 404


def test_a_former_edition_is_still_read(own, anna, client_of):
    client = client_of(anna)
    client.post(page("note-new", own.pk), NOTE)
    client.post(page("close", own.pk))
    first, second = editions(own)
    assert (
        "期限" not in body(client.get(own.get_absolute_url(), {"edition": first.pk})).split('id="notes"')[0]
    )
    assert "期限" in body(client.get(own.get_absolute_url(), {"edition": second.pk})).split('id="notes"')[0]
    for unknown in ("x", "-1", str(10**30), "\x00"):
        assert client.get(own.get_absolute_url(), {"edition": unknown}).status_code == 404
    assert client.get(f"/reports/{10**30}/").status_code == 404
    assert client.get(f"/reports/editions/{10**30}/ja.pdf").status_code == 404


def plan_form(**more):
    rows = {"title": "試し", "kind": "monthly", "day_of_month": "7", "is_active": "on", "note": ""}
    return (
        rows
        | {"use-1-ksi-1": "public", "place-1-ksi-1": "2", "use-1-kgi-1": "private", "place-1-kgi-1": "1"}
        | more
    )


def test_a_plan_is_made_and_changed_on_its_page(
    sara, alice, bob, charlie, secretariat, client_of, figures, rooms
):
    client = client_of(sara)
    assert "BPRを実施した部署の割合" in body(client.get(page("plan-new")))
    assert client.post(page("plan-new"), plan_form(title="")).status_code == 422
    assert client.post(page("plan-new"), plan_form(day_of_month="31")).status_code == 422
    answer = client.post(page("plan-new"), plan_form(organisation=secretariat.code))
    made = ReportPlan.objects.unscoped("test").get()
    assert answer.url == made.get_absolute_url() and made.organisation == secretariat
    items = list(made.items.unscoped("test").values_list("indicator_code", "is_public"))
    assert items == [("1-KGI-1", False), ("1-KSI-1", True)]
    assert client.post(page("plan-new"), plan_form()).status_code == 422
    changed = plan_form(**{"place-1-kgi-1": "9", "title": "直した型"})
    assert client.post(made.get_absolute_url(), changed).status_code == 302
    assert [each.indicator_code for each in made.items.unscoped("test")] == ["1-KSI-1", "1-KGI-1"]
    assert client_of(alice).post(made.get_absolute_url(), changed).status_code == 403
    assert client_of(bob).get(page("plan-new")).status_code == 403
    assert "直した型" in body(client_of(charlie).get(page("plans")))


def test_a_report_is_made_by_hand_and_again(own, alice, client_of):
    client = client_of(alice)
    period = client.get(page("plan", own.plan_id)).context["period_form"].fields["period"].choices[1][0]
    answer = client.post(page("plan-make", own.plan_id), {"period": period})
    assert Report.objects.unscoped("test").count() == 2 and "/reports/" in answer.url
    assert (
        client.post(page("plan-make", own.plan_id), {"period": "2199-01"}).url == own.plan.get_absolute_url()
    )
    again = client.post(page("remake", own.pk), follow=True)
    assert "新しい版はつくりませんでした" in body(again)


def test_a_closed_report_is_corrected_by_who_approves(own, alice, anna, client_of):
    close_report(Actor.system("test"), report=own)
    assert client_of(alice).post(page("remake", own.pk)).status_code == 403
    assert client_of(anna).post(page("remake", own.pk)).status_code == 302
    told = "この版のあとに書き添えが変わっています"
    assert told not in body(client_of(anna).get(own.get_absolute_url()))
    assert client_of(anna).post(page("note-new", own.pk), NOTE).status_code == 302
    assert told in body(client_of(anna).get(own.get_absolute_url()))
    assert PERIOD.start == own.first_day and fresh(own).state == "closed"
