"""Papers by the clock: they follow the facts, are drafted from the record, and are watched."""

import io
from datetime import timedelta

import docx
import openpyxl
import pypdf
import pytest

from yui.kernel.calendar_jp import TOKYO, now
from yui.kernel.events.models import Event
from yui.kernel.exchange.storage import path_of
from yui.kernel.policy import Actor
from yui.security.soc.models import DutyState, MomentKind, PaperDraft, PaperFormat
from yui.security.soc.operations import incidents
from yui.security.soc.operations.incidents import errors, stated_times
from yui.security.soc.operations.incidents.facts import CaseFacts, PersonalDataFacts, ReportFacts
from yui.security.soc.tests.alert_records import entrust
from yui.security.soc.tests.incident_records import HOUR, make_system, papers, start, stored

pytestmark = pytest.mark.django_db

LEAK = PersonalDataFacts(leaked_people=1200, involves_my_number=True)


@pytest.fixture
def incident(system_actor, minato):
    return start(system_actor, minato, category="ransomware", title="庁内サーバーの暗号化")


@pytest.fixture
def leaking(incident, alice, actor_of):
    incidents.assess_personal_data(actor_of(alice), incident=incident, facts=LEAK)
    return incident


def test_papers_appear_with_the_facts_and_say_when_they_are_due(leaking):
    duties = papers(leaking)
    assert {"ppc_preliminary", "ppc_final", "people_concerned", "nco_form", "police"} <= set(duties)
    known = now() - 10 * HOUR
    assert duties["ppc_preliminary"].due_at.astimezone(TOKYO).date() == (
        known.astimezone(TOKYO).date() + timedelta(days=4)
    )
    assert duties["nco_form"].due_at == duties["ppc_preliminary"].due_at
    assert duties["people_concerned"].due_at is None


def test_facts_that_go_away_are_told_and_come_back(leaking, alice, actor_of):
    actor = actor_of(alice)
    incidents.assess_personal_data(actor, incident=leaking, facts=PersonalDataFacts(leaked_people=0))
    gone = papers(leaking)["ppc_final"]
    assert (gone.state, gone.due_at) == (DutyState.NOT_REQUIRED, None)
    assert "漏えいはない" in gone.reason and "No personal data" in gone.reason
    incidents.assess_personal_data(actor, incident=leaking, facts=LEAK)
    assert papers(leaking)["ppc_final"].state == DutyState.PENDING


def test_what_was_sent_never_vanishes(leaking, alice, actor_of):
    actor = actor_of(alice)
    incidents.send_paper(actor, duty=papers(leaking)["ppc_preliminary"])
    incidents.assess_personal_data(actor, incident=leaking, facts=PersonalDataFacts(leaked_people=0))
    assert papers(leaking)["ppc_preliminary"].state == DutyState.SENT
    with pytest.raises(errors.AlreadySettled):
        incidents.waive_paper(actor, duty=papers(leaking)["ppc_preliminary"], reason="不要")


def test_a_person_s_decision_outlives_changed_facts(leaking, alice, actor_of):
    actor = actor_of(alice)
    duty = papers(leaking)["police"]
    with pytest.raises(errors.ReasonNeeded):
        incidents.waive_paper(actor, duty=duty, reason="")
    incidents.waive_paper(actor, duty=duty, reason="都がまとめて相談する")
    incidents.describe_incident(actor, incident=leaking, facts=CaseFacts(title="暗号化", category="ddos"))
    assert papers(leaking)["police"].reason == "都がまとめて相談する"
    incidents.require_paper(actor, duty=duty)
    assert papers(leaking)["police"].state == DutyState.PENDING


def test_a_system_in_the_lgwan_zone_calls_for_j_lis(incident, alice, actor_of, system_actor, minato):
    actor = actor_of(alice)
    incidents.declare_incident(actor, incident=incident)
    assert "j_lis" not in papers(incident)
    make_system(system_actor, minato, "MN-001", zone="lgwan")
    make_system(
        system_actor,
        minato,
        "MN-002",
        zone="internet",
        hosting="government_cloud",
        cloud_provider="aws",
    )
    incidents.affect_system(actor, incident=incident, system_code="MN-001")
    incidents.affect_system(actor, incident=incident, system_code="MN-002")
    assert {"j_lis", "digital_agency"} <= set(papers(incident))


def test_a_second_round_does_not_report_the_same_leak_twice(leaking, alice, actor_of):
    actor = actor_of(alice)
    for duty in papers(leaking).values():
        incidents.send_paper(actor, duty=duty)
    incidents.record_moment(actor, incident=leaking, kind=MomentKind.CONTAINED)
    incidents.close_incident(actor, incident=leaking, reason="作業は別紙")
    incidents.reopen_incident(actor, incident=leaking, reason="再感染")
    assert papers(leaking, round=2) == {}
    incidents.assess_personal_data(
        actor, incident=leaking, facts=PersonalDataFacts(leaked_people=1500, leak_known_at=now())
    )
    assert "ppc_preliminary" in papers(leaking, round=2)


def test_knowing_in_the_future_is_refused(incident, alice, actor_of):
    for at in (now() + HOUR, now().replace(year=1900)):
        with pytest.raises(stated_times.TimeWrong):
            incidents.assess_personal_data(
                actor_of(alice), incident=incident, facts=PersonalDataFacts(leak_known_at=at)
            )


def test_an_exercise_needs_no_paper(system_actor, minato):
    drill = start(system_actor, minato, category="ransomware", is_exercise=True)
    incidents.assess_personal_data(system_actor, incident=drill, facts=LEAK)
    incidents.declare_incident(system_actor, incident=drill)
    assert papers(drill) == {}


def test_the_clock_reminds_once_and_tells_once_that_it_is_late(leaking, minato, soc):
    entrust(minato, soc)
    clock = Actor.system("papers by the clock")
    due = papers(leaking)["ppc_preliminary"].due_at
    assert incidents.watch_duties(clock, now()) == 0
    third_day = due - timedelta(days=2)
    assert incidents.watch_duties(clock, third_day) == 2
    assert incidents.watch_duties(clock, third_day + HOUR) == 0
    assert incidents.watch_duties(clock, due) == 2
    assert incidents.watch_duties(clock, due + HOUR) == 0
    kinds = Event.objects.unscoped("test").filter(organisation=soc).values_list("kind", flat=True)
    assert sorted(kind for kind in kinds if "paper" in kind) == [
        "soc.incident.paper_due",
        "soc.incident.paper_due",
        "soc.incident.paper_late",
        "soc.incident.paper_late",
    ]
    assert papers(leaking)["ppc_preliminary"].overdue_told_at == due


def test_a_sent_paper_is_not_reminded_of(leaking, alice, actor_of):
    for duty in papers(leaking).values():
        incidents.send_paper(actor_of(alice), duty=duty)
    assert incidents.watch_duties(Actor.system("clock"), now() + timedelta(days=70)) == 0


def test_receipts_come_after_sending(leaking, alice, actor_of):
    actor = actor_of(alice)
    duty = papers(leaking)["ppc_preliminary"]
    with pytest.raises(errors.AlreadySettled):
        incidents.receive_paper(actor, duty=duty)
    with pytest.raises(errors.ReasonNeeded):
        incidents.send_paper(actor, duty=duty, at=now() - HOUR)
    with pytest.raises(stated_times.PaperTimeWrong):
        incidents.send_paper(actor, duty=duty, at=now() + HOUR, note="予定")
    incidents.send_paper(actor, duty=duty)
    with pytest.raises(stated_times.PaperTimeWrong):
        incidents.receive_paper(actor, duty=duty, at=now() - HOUR)
    incidents.receive_paper(actor, duty=duty, receipt="PPC-1")
    assert papers(leaking)["ppc_preliminary"].receipt == "PPC-1"


def words_of(draft):
    """The text of a draft's file."""
    body = path_of(draft.sha256).read_bytes()
    if draft.file_format == PaperFormat.PDF:
        return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages)
    if draft.file_format == PaperFormat.DOCX:
        word = docx.Document(io.BytesIO(body))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        return "\n".join([each.text for each in word.paragraphs] + cells)
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    return "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)


@pytest.mark.parametrize("file_format", list(PaperFormat))
def test_a_draft_is_filled_from_the_record(leaking, alice, actor_of, file_format):
    actor = actor_of(alice)
    incidents.describe_for_reports(
        actor, incident=leaking, facts=ReportFacts(cause="VPN装置の脆弱性\n=HYPERLINK(1)\x00")
    )
    duty = papers(leaking)["ppc_preliminary"]
    draft = incidents.draft_paper(actor, duty=duty, file_format=file_format)
    words = words_of(draft)
    for part in ("漏えい等報告(速報)", "港区", "1,200人", "調査中", "特定個人情報", leaking.number):
        assert part in words.replace(" ", "") or part in words
    assert "VPN" in words
    assert papers(leaking)["ppc_preliminary"].state == DutyState.DRAFTED
    assert incidents.draft_paper(actor, duty=duty, file_format=file_format) == draft
    incidents.describe_for_reports(actor, incident=stored(leaking), facts=ReportFacts(cause="別の原因"))
    second = incidents.draft_paper(actor, duty=duty, file_format=file_format)
    assert (second.version, second.facts_sha256 == draft.facts_sha256) == (2, False)
    assert PaperDraft.objects.unscoped("test").count() == 2


@pytest.mark.parametrize("code", ["nco_form", "ppc_final", "people_concerned", "police", "executives"])
def test_every_paper_has_its_own_questions(leaking, alice, actor_of, code):
    actor = actor_of(alice)
    incidents.declare_incident(actor, incident=leaking)
    draft = incidents.draft_paper(actor, duty=papers(leaking)[code], file_format=PaperFormat.XLSX)
    words = words_of(draft)
    expected = {
        "nco_form": "ランサムノート",
        "ppc_final": "二次被害又はそのおそれの有無",
        "people_concerned": "問い合わせ先",
        "police": "時系列",
        "executives": "深刻度",
    }
    assert expected[code] in words


def test_the_same_draft_has_the_same_bytes(leaking):
    from yui.security.soc.formats.papers import paper_docx, paper_of, paper_pdf, paper_xlsx
    from yui.security.soc.queries.incidents.paper_facts import paper_facts

    duty = papers(leaking)["ppc_preliminary"]
    made_at = now()
    first, second = (paper_of(paper_facts(stored(leaking), duty), made_at) for _time in range(2))
    assert first == second
    for write in (paper_pdf, paper_docx, paper_xlsx):
        assert write(first) == write(second)
