"""What pages of incidents do: a press of a button, a form, and what is refused in place."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yui.kernel.calendar_jp import TOKYO, now
from yui.security.soc.models import (
    AlertGroup,
    EvidenceFile,
    Incident,
    IncidentState,
    PaperDraft,
)
from yui.security.soc.operations import incidents
from yui.security.soc.operations.incidents.facts import PersonalDataFacts
from yui.security.soc.tests.alert_records import entrust, make_rule, raise_one
from yui.security.soc.tests.incident_records import (
    HOUR,
    keep_file,
    make_system,
    moments,
    papers,
    start,
    stored,
    tasks,
    touched,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def incident(system_actor, minato):
    """A leak with a system, evidence, a note and papers."""
    found = start(system_actor, minato, category="ransomware", title="庁内<b>サーバー</b>の暗号化")
    make_system(system_actor, minato, "MN-001", rto_hours=1)
    incidents.affect_system(
        system_actor, incident=found, system_code="MN-001", effect="使えない", stopped_at=now() - 9 * HOUR
    )
    incidents.assess_personal_data(
        system_actor, incident=found, facts=PersonalDataFacts(leaked_people=500, wrongful_purpose=True)
    )
    incidents.add_note(system_actor, incident=found, text="<script>x</script> 経路を確認中")
    keep_file(system_actor, found)
    return found


def local(moment):
    """A moment as a form sends it."""
    return moment.astimezone(TOKYO).strftime("%Y-%m-%dT%H:%M:%S")


def test_opening_by_form_leads_to_the_record(alice, client_of, minato):
    client = client_of(alice)
    address = reverse("soc:incident-new")
    assert client.get(address).status_code == 200
    data = {"ward": minato.code, "title": "紛失", "category": "lost_device", "tlp": "amber"}
    wrong = client.post(address, data | {"detected_at": local(now() + HOUR)})
    assert wrong.status_code == 422 and "まだ来ていません" in wrong.content.decode()
    answer = client.post(address, data | {"detected_at": local(now() - HOUR)})
    opened = Incident.objects.unscoped("test").get()
    assert answer.url == reverse("soc:incident", args=[opened.pk])


def test_one_cannot_open_for_a_ward_one_does_not_watch(jun, charlie, client_of, minato, soc):
    data = {
        "ward": minato.code,
        "title": "x",
        "category": "other",
        "tlp": "amber",
        "detected_at": local(now()),
    }
    for person in (jun, charlie):
        assert client_of(person).post(reverse("soc:incident-new"), data).status_code == 422
    entrust(minato, soc)
    assert client_of(jun).post(reverse("soc:incident-new"), data).status_code == 302


def test_opening_from_alerts_names_them(alice, charlie, client_of, system_actor, minato, soc):
    key = raise_one(system_actor, minato, make_rule(soc))
    address = reverse("soc:incident-new") + f"?alert={key}"
    assert client_of(charlie).get(address).status_code == 404
    assert client_of(alice).get(reverse("soc:incident-new") + "?alert=999999").status_code == 404
    assert "LSASS" in client_of(alice).get(address).content.decode()
    client_of(alice).post(address, {"title": "LSASS", "category": "malware", "tlp": "amber"})
    assert AlertGroup.objects.unscoped("test").get(pk=key).incident is not None


def test_one_press_records_now_and_a_contradiction_is_shown(incident, alice, client_of):
    client = client_of(alice)
    now_url = reverse("soc:incident-now", args=[incident.pk])
    client.post(now_url, {"kind": "acknowledged"})
    assert stored(incident).state == IncidentState.TRIAGE
    page = client.post(now_url, {"kind": "contained"}, follow=True).content.decode()
    assert "封じ込めが先です" in page
    assert client.post(now_url, {"kind": "closed"}).status_code == 404
    assert (
        "もう記録されています" in client.post(now_url, {"kind": "acknowledged"}, follow=True).content.decode()
    )


def test_past_times_and_revisions_by_form(incident, alice, client_of):
    client = client_of(alice)
    address = reverse("soc:incident-past", args=[incident.pk, "triaged"])
    assert client.post(address, {"at": local(now() - HOUR), "note": ""}).status_code == 422
    assert client.post(address, {"at": "1066-10-14T09:00", "note": "古い"}).status_code == 422
    assert client.post(address, {"at": local(now() - HOUR), "note": "電話"}).status_code == 302
    moment = moments(incident, kind="triaged")[0]
    revise = reverse("soc:moment-revise", args=[moment.pk])
    assert client.get(revise).status_code == 200
    assert client.post(revise, {"at": local(now() - 2 * HOUR), "note": "記録票"}).status_code == 302
    page = client.get(reverse("soc:incident-timeline", args=[incident.pk])).content.decode()
    assert "<del>確認</del>" in page and "記録票" in page


def test_systems_are_contained_and_restored_by_press_and_by_form(incident, alice, client_of):
    client = client_of(alice)
    key = touched(incident, "MN-001").pk
    client.post(reverse("soc:affected-now", args=[key]), {"step": "contain"})
    assert stored(incident).state == IncidentState.CONTAINED
    past = reverse("soc:affected-past", args=[key, "restore"])
    assert client.get(past).status_code == 200
    assert client.post(past, {"at": local(now()), "note": "立会い"}).status_code == 302
    page = client.get(reverse("soc:incident-systems", args=[incident.pk])).content.decode()
    assert "超過" in page


def test_tasks_are_ticked_off_declined_and_added(incident, alice, client_of):
    client = client_of(alice)
    first, second, *_rest = tasks(incident)
    client.post(reverse("soc:task-settle", args=[first.pk]), {"step": "done", "words": "切った"})
    page = client.post(reverse("soc:task-settle", args=[second.pk]), {"step": "skip"}, follow=True)
    assert "理由を書いてください" in page.content.decode()
    client.post(reverse("soc:incident-tasks", args=[incident.pk]), {"title": "弁護士に電話"})
    client.post(reverse("soc:incident-playbook", args=[incident.pk]), {"playbook": "ddos"})
    titles = [task.title for task in tasks(incident)]
    assert "弁護士に電話" in titles and len(titles) == 18 + 1 + 12
    assert (
        client.post(reverse("soc:incident-playbook", args=[incident.pk]), {"playbook": "x"}).status_code
        == 404
    )


def test_evidence_goes_out_as_an_attachment_and_is_written_down(incident, alice, client_of):
    client = client_of(alice)
    upload = SimpleUploadedFile("../x.html", b"<script>alert(1)</script>", content_type="text/html")
    answer = client.post(reverse("soc:incident-evidence", args=[incident.pk]), {"file": upload, "tlp": "red"})
    assert answer.status_code == 302
    kept = EvidenceFile.objects.unscoped("test").get(name="x.html")
    answer = client.post(reverse("soc:evidence-file", args=[kept.pk]), {"purpose": "解析"})
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert client.get(reverse("soc:evidence-file", args=[kept.pk])).status_code == 405
    page = client.get(reverse("soc:incident-evidence", args=[incident.pk])).content.decode()
    assert "解析" in page


def test_changed_evidence_is_refused_on_the_page(incident, alice, client_of):
    from yui.kernel.exchange.storage import path_of

    kept = EvidenceFile.objects.unscoped("test").get()
    path_of(kept.sha256).write_bytes(b"x")
    client = client_of(alice)
    for name in ("evidence-file", "evidence-check"):
        page = client.post(reverse(f"soc:{name}", args=[kept.pk]), follow=True).content.decode()
        assert "違う内容です" in page


def test_papers_are_drafted_sent_received_and_waived(incident, alice, client_of):
    client = client_of(alice)
    duty = papers(incident)["ppc_preliminary"]
    assert client.post(reverse("soc:paper-draft", args=[duty.pk]), {"format": "exe"}).status_code == 404
    client.post(reverse("soc:paper-draft", args=[duty.pk]), {"format": "docx"})
    draft = PaperDraft.objects.unscoped("test").get()
    answer = client.get(reverse("soc:paper-file", args=[draft.pk]))
    assert answer.status_code == 200 and answer["X-Content-Type-Options"] == "nosniff"
    send = reverse("soc:paper-step", args=[duty.pk, "send"])
    assert client.get(send).status_code == 200
    assert client.post(send, {}).status_code == 302
    assert client.post(send, {}).status_code == 422
    client.post(reverse("soc:paper-step", args=[duty.pk, "receive"]), {"receipt": "R8-1"})
    police = papers(incident)["police"]
    client.post(reverse("soc:paper-step", args=[police.pk, "waive"]), {"reason": "都が行う"})
    page = client.get(reverse("soc:incident-papers", args=[incident.pk])).content.decode()
    assert "R8-1" in page and "都が行う" in page
    client.post(reverse("soc:paper-again", args=[police.pk]))
    assert papers(incident)["police"].state == "pending"
    assert client.get(reverse("soc:paper-step", args=[duty.pk, "burn"])).status_code == 404


def test_assessments_change_the_papers(incident, alice, client_of):
    client = client_of(alice)
    client.post(reverse("soc:incident-personal-data", args=[incident.pk]), {"leaked_people": "0"})
    assert papers(incident)["ppc_final"].state == "not_required"
    views = {"severity_continuity": "3", "severity_safety": "0", "severity_trust": "1"}
    address = reverse("soc:incident-severity", args=[incident.pk])
    assert client.post(address, views | {"severity_trust": "7", "reason": "x"}).status_code == 422
    client.post(address, views | {"reason": "窓口が止まった"})
    assert stored(incident).severity == 3
    client.post(reverse("soc:incident-report-facts", args=[incident.pk]), {"cause": "VPN"})
    assert stored(incident).cause == "VPN"


def test_two_editors_do_not_overwrite_each_other(incident, alice, client_of):
    from yui.kernel.scope.basis import basis_of

    client = client_of(alice)
    seen = basis_of(stored(incident))
    incidents.describe_for_reports(
        _system(), incident=incident, facts=incidents_facts(cause="先に書いた原因")
    )
    answer = client.post(
        reverse("soc:incident-report-facts", args=[incident.pk]), {"cause": "後の原因", "basis": seen}
    )
    assert answer.status_code == 422 and "先に書いた原因" in answer.content.decode()


def _system():
    from yui.kernel.policy import Actor

    return Actor.system("test")


def incidents_facts(**values):
    """Facts for reports."""
    from yui.security.soc.operations.incidents.facts import ReportFacts

    return ReportFacts(**values)


def test_the_way_to_the_end_and_back(incident, alice, client_of):
    client = client_of(alice)
    end = reverse("soc:incident-end", args=[incident.pk, "close"])
    assert "終わっていないもの" in client.post(end, {}).content.decode()
    client.post(reverse("soc:affected-now", args=[touched(incident, "MN-001").pk]), {"step": "contain"})
    assert client.post(end, {"reason": "残りは別に管理"}).status_code == 302
    reopen = reverse("soc:incident-end", args=[incident.pk, "reopen"])
    assert client.post(reopen, {"reason": "再感染"}).status_code == 302
    page = client.get(reverse("soc:incident", args=[incident.pk])).content.decode()
    assert "2回目" in page
    assert client.get(reverse("soc:incident-end", args=[incident.pk, "vanish"])).status_code == 404


def test_alerts_are_attached_and_taken_out(incident, alice, client_of, system_actor, minato, soc):
    key = raise_one(system_actor, minato, make_rule(soc))
    address = reverse("soc:incident-alerts", args=[incident.pk])
    client = client_of(alice)
    client.post(address, {"step": "attach", "group": [key]})
    assert AlertGroup.objects.unscoped("test").get(pk=key).incident == incident
    client.post(address, {"step": "detach", "group": [key, "x", "9" * 30]})
    assert AlertGroup.objects.unscoped("test").get(pk=key).incident is None


def test_what_other_wards_may_read_names_no_ward(incident, alice, charlie, client_of):
    client = client_of(alice)
    address = reverse("soc:incident-timeline", args=[incident.pk])
    wrong = client.post(address, {"text": "手口", "tlp": "red", "for_wards": "on"})
    assert wrong.status_code == 422
    client.post(address, {"text": "VPN装置の更新を確かめてください", "tlp": "green", "for_wards": "on"})
    page = client_of(charlie).get(reverse("soc:ward-notices")).content.decode()
    assert "VPN装置の更新" in page
    assert "経路を確認中" not in page and "港区" not in page and "131032" not in page


def test_the_list_is_narrowed_and_taken_away(incident, alice, client_of, system_actor, minato):
    start(system_actor, minato, title="別の件")
    client = client_of(alice)
    page = client.get(reverse("soc:incidents") + "?category=ransomware&open=1").content.decode()
    assert "暗号化" in page and "別の件" not in page
    assert "別の件" in client.get(reverse("soc:incidents") + "?serious=0&q=別").content.decode()
    answer = client.get(reverse("soc:incidents") + "?download=csv")
    assert "131032-" in b"".join(answer.streaming_content).decode("utf-8-sig")
