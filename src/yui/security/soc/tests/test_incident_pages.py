"""Pages of incidents: what each reader sees, and what nobody else does."""

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import now
from yui.security.soc.models import (
    CustodyEntry,
    EvidenceFile,
    PaperDraft,
    PaperFormat,
)
from yui.security.soc.operations import incidents
from yui.security.soc.operations.incidents.facts import PersonalDataFacts
from yui.security.soc.tests.alert_records import entrust
from yui.security.soc.tests.incident_records import (
    HOUR,
    keep_file,
    make_system,
    moments,
    papers,
    start,
    tasks,
    touched,
)

pytestmark = pytest.mark.django_db

PAGES = [
    "incident",
    "incident-timeline",
    "incident-tasks",
    "incident-systems",
    "incident-evidence",
    "incident-papers",
    "incident-alerts",
    "incident-report",
]
FORMS = [
    ("incident-edit", ()),
    ("incident-severity", ()),
    ("incident-personal-data", ()),
    ("incident-report-facts", ()),
    ("incident-past", ("contained",)),
    ("incident-end", ("close",)),
    ("incident-end", ("false",)),
    ("incident-end", ("merge",)),
    ("incident-end", ("reopen",)),
]


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


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_page_opens_in_both_languages_and_escapes(name, language, incident, alice, client_of):
    client = client_of(alice)
    client.cookies["django_language"] = language
    answer = client.get(reverse(f"soc:{name}", args=[incident.pk]), headers={"accept-language": language})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>x" not in page and "<b>サーバー" not in page
    assert "131032-" in page


@pytest.mark.parametrize(("name", "more"), FORMS)
def test_forms_open_for_those_who_may_and_for_nobody_else(
    name, more, incident, alice, bob, charlie, jun, client_of, minato, soc
):
    address = reverse(f"soc:{name}", args=[incident.pk, *more])
    assert client_of(alice).get(address).status_code == 200
    assert client_of(bob).get(address).status_code == 403
    assert client_of(charlie).get(address).status_code == 404
    assert client_of(jun).get(address).status_code == 404
    entrust(minato, soc)
    assert client_of(jun).get(address).status_code == 200


def test_a_stranger_finds_nothing_anywhere(incident, charlie, client_of, system_actor):
    incidents.draft_paper(
        system_actor, duty=papers(incident)["ppc_preliminary"], file_format=PaperFormat.XLSX
    )
    client = client_of(charlie)
    evidence = EvidenceFile.objects.unscoped("test").get()
    draft = PaperDraft.objects.unscoped("test").get()
    duty, task, system = papers(incident)["police"], tasks(incident)[0], touched(incident, "MN-001")
    for name in PAGES:
        assert client.get(reverse(f"soc:{name}", args=[incident.pk])).status_code == 404
    for name, key in (
        ("evidence-hand-over", evidence.pk),
        ("paper-file", draft.pk),
        ("moment-revise", moments(incident)[0].pk),
    ):
        assert client.get(reverse(f"soc:{name}", args=[key])).status_code == 404
    posts = [
        reverse("soc:incident-now", args=[incident.pk]),
        reverse("soc:incident-commander", args=[incident.pk]),
        reverse("soc:incident-playbook", args=[incident.pk]),
        reverse("soc:evidence-file", args=[evidence.pk]),
        reverse("soc:evidence-check", args=[evidence.pk]),
        reverse("soc:paper-draft", args=[duty.pk]),
        reverse("soc:paper-again", args=[duty.pk]),
        reverse("soc:paper-step", args=[duty.pk, "send"]),
        reverse("soc:task-settle", args=[task.pk]),
        reverse("soc:affected-now", args=[system.pk]),
        reverse("soc:affected-past", args=[system.pk, "contain"]),
    ]
    for address in posts:
        assert client.post(address, {"kind": "contained"}).status_code == 404, address
    assert "131032-" not in client.get(reverse("soc:incidents")).content.decode()
    assert CustodyEntry.objects.unscoped("test").count() == 1


def test_a_viewer_reads_and_presses_nothing(incident, bob, client_of):
    client = client_of(bob)
    page = client.get(reverse("soc:incident", args=[incident.pk])).content.decode()
    assert "宣言する" not in page and reverse("soc:incident-now", args=[incident.pk]) not in page
    assert (
        client.post(reverse("soc:incident-now", args=[incident.pk]), {"kind": "contained"}).status_code == 403
    )
    for name in (
        "incident-timeline",
        "incident-tasks",
        "incident-systems",
        "incident-evidence",
        "incident-alerts",
    ):
        assert client.post(reverse(f"soc:{name}", args=[incident.pk]), {"text": "x"}).status_code == 403
