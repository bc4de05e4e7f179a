"""The public page: what is marked public, in the newest public edition, and nothing else."""

import io
import re
import zipfile

import pytest

from yui.governance.reports.engine.content import public_content
from yui.governance.reports.facts import ItemFacts, NoteFacts
from yui.governance.reports.models import EditionFile, Note
from yui.governance.reports.operations import (
    add_note,
    change_note,
    close_report,
    keep_files,
    make_report,
    publish_report,
)
from yui.governance.reports.queries.reports import content_of, public_editions
from yui.governance.reports.tests.conftest import OCTOBER, PERIOD, editions
from yui.kernel.calendar_jp import Period
from yui.kernel.explanations.registry import Statement, Topic, explainer

pytestmark = pytest.mark.django_db
SECRET = "秘匿アカシア"
LINK = re.compile(r'(?:href|src|action)="([^"]*)"')
ITEMS = (ItemFacts("1-KSI-1", is_public=True), ItemFacts("3-KPI-1"))


@pytest.fixture
def secrets(plan_of, minato, shinjuku, secretariat, figures, rooms, system_actor):
    """Secrets in every record and part that is not public; returns the reports by what became of them."""

    def explain(actor, scope, month):
        return [Statement("x", Topic.RISK, f"{SECRET}の部屋が言うこと", 90, f"/{SECRET}/")]

    def broken(actor, scope, month):
        raise ArithmeticError

    explainer(code="room", title=f"{SECRET}の部屋")(explain)
    explainer(code="broken", title=f"{SECRET}の黙った部屋")(broken)
    made = {}
    for name, body in (("published", minato), ("closed", shinjuku), ("draft", secretariat)):
        plan = plan_of(body, title=f"{SECRET}の型", items=ITEMS, note=f"{SECRET}のメモ")
        made[name] = make_report(system_actor, plan=plan, period=PERIOD).report
        for topic in ("change", "risk", "decision"):
            add_note(system_actor, report=made[name], facts=NoteFacts(topic, f"{SECRET}の書き添え"))
        shown = "だれもが読む文" if name == "published" else f"{SECRET}のまだ公表しない文"
        add_note(system_actor, report=made[name], facts=NoteFacts("change", shown, is_public=True))
    earlier = Period.of_month(OCTOBER.previous())
    made["earlier"] = make_report(system_actor, plan=made["published"].plan, period=earlier).report
    add_note(system_actor, report=made["earlier"], facts=NoteFacts("risk", SECRET, is_public=True))
    close_report(system_actor, report=made["closed"])
    close_report(system_actor, report=made["published"])
    keep_files(system_actor, edition=publish_report(system_actor, report=made["published"]))
    add_note(
        system_actor,
        report=made["published"],
        facts=NoteFacts("risk", f"{SECRET}、公表のあとの文", is_public=True),
    )
    make_report(system_actor, plan=made["published"].plan, period=PERIOD)
    return made


def text_of(answer):
    """All that an answer says, a zip's members included."""
    content = answer.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace") + str(dict(answer.headers))


def crawl(client, start="/public/"):
    """Every address that an anonymous visitor reaches from the public list, with what it says."""
    found, waiting = {}, [start, f"{start}?lang=en"]
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        answer = client.get(address)
        assert answer.status_code == 200, address
        found[address] = text_of(answer)
        if answer["Content-Type"].startswith("text/html"):
            links = [link.replace("&amp;", "&") for link in LINK.findall(answer.content.decode())]
            base = address.partition("?")[0]
            waiting += [base + link if link.startswith("?") else link for link in links if _is_page(link)]
    return found


def _is_page(link):
    """Whether a link leads on; anchors and the house's look do not, and nothing else may occur."""
    assert link.startswith(("/public/", "?lang=", "/static/", "#")), link
    return link.startswith(("/public/", "?"))


def test_a_visitor_finds_what_is_public_and_no_secret(secrets, client_class):
    found = crawl(client_class())
    published = secrets["published"].pk
    assert {f"/public/{published}/?lang=ja", f"/public/{published}/ja.xlsx", "/public/?lang=en"} <= set(found)
    page = found[f"/public/{published}/?lang=ja"]
    assert "BPRを実施した部署の割合" in page and "だれもが読む文" in page
    assert "BPRを実施した部署の割合" in found[f"/public/{published}/ja.xlsx"]
    assert "Departments that carried out BPR" in found[f"/public/{published}/?lang=en"]
    for address, text in found.items():
        assert SECRET not in text, address
        assert "アカシア" not in text and "3-KPI-1" not in text and "23区の中央値</th>" not in text, address


def test_what_is_not_public_does_not_exist_for_a_visitor(secrets, client_class, sven, client_of):
    for client in (client_class(), client_of(sven)):
        for name in ("closed", "draft", "earlier"):
            key = secrets[name].pk
            for address in (f"/public/{key}/", f"/public/{key}/ja.xlsx", f"/public/{key}/en.pdf"):
                assert client.get(address).status_code == 404, (name, address)
        published = secrets["published"].pk
        huge = f"/public/{10**30}/"
        for address in (
            "/public/999999/",
            huge,
            f"{huge}ja.pdf",
            f"/public/{published}/fr.pdf",
            f"/public/{published}/ja.doc",
        ):
            assert client.get(address).status_code == 404, address
        assert client.post("/public/").status_code == 405


def test_the_visitors_query_reads_public_editions_of_published_reports_alone(secrets):
    found = list(public_editions())
    assert [each.report_id for each in found] == [secrets["published"].pk]
    assert {each.audience for each in found} == {"public"}
    for each in found:
        assert SECRET not in each.content


def test_everything_else_asks_to_sign_in(secrets, client_class):
    report = secrets["published"]
    council = editions(report)[-1]
    for address in (
        "/reports/",
        f"/reports/{report.pk}/",
        f"/reports/{report.pk}/publish/",
        "/reports/plans/",
        f"/reports/plans/{report.plan_id}/",
        f"/reports/editions/{council.pk}/ja.xlsx",
    ):
        answer = client_class().get(address)
        assert answer.status_code == 302 and answer.url.startswith("/accounts/login/"), address
    assert client_class().get("/api/v1/reports").status_code in (401, 403)


def test_a_corrected_edition_takes_the_place_of_the_former(secrets, system_actor, client_class):
    report = secrets["published"]
    for note in Note.objects.unscoped("test").filter(report=report, is_public=True):
        facts = NoteFacts(note.topic, "訂正した文", is_public=True)
        change_note(system_actor, note=note, facts=facts)
    before = client_class().get(f"/public/{report.pk}/?lang=ja").content.decode()
    assert "訂正した文" not in before and "第1版" in before
    publish_report(system_actor, report=report)
    after = client_class().get(f"/public/{report.pk}/?lang=ja").content.decode()
    assert "訂正した文" in after and "だれもが読む文" not in after and "第2版" in after
    assert "ファイルはいまつくっています" in after
    assert client_class().get(f"/public/{report.pk}/ja.xlsx").status_code == 404
    assert len(editions(report, "public")) == 2


def test_pages_and_files_may_be_kept_by_browsers(secrets, client_class):
    key = secrets["published"].pk
    page = client_class().get(f"/public/{key}/")
    assert "public" in page["Cache-Control"] and "max-age=300" in page["Cache-Control"]
    file = client_class().get(f"/public/{key}/ja.docx")
    kept = EditionFile.objects.unscoped("test").get(
        edition__audience="public", language="ja", file_format="docx"
    )
    assert file["ETag"] == f'"{kept.sha256}"' and "max-age=3600" in file["Cache-Control"]
    again = client_class().get(f"/public/{key}/ja.docx", headers={"If-None-Match": file["ETag"]})
    assert again.status_code == 304


def test_reading_public_pages_writes_nothing(secrets, client_class):
    before = EditionFile.objects.unscoped("test").count()
    crawl(client_class())
    assert EditionFile.objects.unscoped("test").count() == before


def test_the_public_content_holds_marked_parts_only(secrets):
    council = content_of(editions(secrets["published"])[0])
    shown = public_content(council)
    assert [each["code"] for each in shown["languages"]["ja"]["indicators"]] == ["1-KSI-1"]
    assert all(note["is_public"] for note in shown["notes"])
    assert shown["languages"]["ja"]["statements"] == [] and shown["languages"]["ja"]["wards"] is None
    assert "median_text" not in shown["languages"]["ja"]["indicators"][0]


def test_nothing_public_of_a_topic_is_not_told_as_nothing(secrets, client_class):
    page = client_class().get(f"/public/{secrets['published'].pk}/?lang=ja").content.decode()
    assert "変化と理由" in page and "決めてほしいこと" not in page and "とくにありません" not in page
