"""The pages of rules: who sees what, what the forms do, and that nothing of another ward shows."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse

from yui.kernel.calendar_jp import today
from yui.kernel.tasks.models import Job, JobState
from yui.kernel.tasks.worker import JobWorker
from yui.security.soc.models import DetectionRule, Entrustment, RuleExclusion, RulePack
from yui.security.soc.operations.rules.default_rules import default_rules
from yui.security.soc.operations.rules.measure_coverage import event_rules, measure_coverage
from yui.security.soc.queries.rules.active_rules import active_rules
from yui.security.soc.tests.rule_data import add_group, add_rules, rule_text, see_fields

PAGES = ["rules", "rules-import", "exclusions", "coverage"]
SECRET = "SECRET-HOST"


@pytest.fixture
def rules(system_actor, organisations):
    return add_rules(system_actor, "mimikatz", "whoami")


@pytest.fixture
def entrusted(minato, soc):
    return Entrustment.objects.create(organisation=minato, body=soc, valid_from=today())


@pytest.fixture
def worked(rules, minato, alice, actor_of, jun):
    """A ward with alerts, an exclusion and a closed false alarm, named so that a leak shows."""
    default_rules(actor_of(jun), rules=rules[:1], is_default=True, reason="共通")
    add_group(minato, rules[0], host=SECRET, count=7)
    closed = add_group(minato, rules[0], host="other", count=1)
    type(closed).objects.unscoped("test").filter(pk=closed.pk).update(
        state="closed", acknowledged_at=closed.detected_at, closed_at=closed.detected_at,
        close_reason="false_positive",
    )  # fmt: skip
    return RuleExclusion.objects.create(
        organisation=minato,
        rule=rules[0],
        condition={"Computer": SECRET},
        reason=SECRET,
        expires_at=closed.detected_at + timedelta(days=9),
    )


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("person", ["alice", "bob", "audrey", "charlie", "jun"])
def test_lists_open_for_every_member_and_show_only_their_own(request, name, person, client_of, worked):
    client = client_of(request.getfixturevalue(person))
    response = client.get(reverse(f"soc:{name}"))
    assert response.status_code == 200
    if person in {"charlie", "jun"}:
        assert SECRET not in response.content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_strangers_sign_in_first(name, client, organisations):
    assert client.get(reverse(f"soc:{name}")).status_code == 302


def page(client, rule, **query):
    return client.get(rule.get_absolute_url(), query)


def test_a_rule_shows_what_its_ward_has_and_nothing_to_others(
    client_of, alice, charlie, jun, worked, rules, request
):
    own = page(client_of(alice), rules[0]).content.decode()
    assert "A. Author" in own and "DRL 1.1" in own and SECRET in own
    assert "100%" in own or ">100<" in own, "one judged group, one false alarm"
    for other in (charlie, jun):
        assert SECRET not in page(client_of(other), rules[0]).content.decode()
    request.getfixturevalue("entrusted")
    assert SECRET in page(client_of(jun), rules[0]).content.decode()


def test_another_ward_is_no_ward_to_a_stranger(client_of, charlie, worked, rules):
    assert page(client_of(charlie), rules[0], ward="131032").status_code == 404
    assert client_of(charlie).get(reverse("soc:rules"), {"ward": "131032"}).status_code == 404
    assert client_of(charlie).get(reverse("soc:coverage"), {"ward": "131032"}).status_code == 404


def test_the_list_narrows_by_standing_sight_noise_and_technique(
    client_of, alice, minato, system_actor, worked, rules
):
    client = client_of(alice)

    def titles(**query):
        text = client.get(reverse("soc:rules"), query).content.decode()
        return [name for name in ("mimikatz", "whoami") if f"Use of {name}<" in text]

    assert titles() == ["mimikatz", "whoami"]
    assert titles(standing="on") == ["mimikatz"] == titles(noise="some") == titles(noise="false")
    assert titles(standing="off") == ["whoami"] == titles(noise="none")
    assert titles(technique="T1059") == ["mimikatz", "whoami"] == titles(tactic="execution")
    assert titles(technique="T1003") == [] == titles(tactic="impact")
    assert titles(q="whoami") == ["whoami"]
    measure_coverage(system_actor, ward=minato, rules=event_rules())
    assert titles(sight="blind") == ["mimikatz", "whoami"]
    see_fields(minato, "Image", "EventID", "Channel")
    measure_coverage(system_actor, ward=minato, rules=event_rules())
    assert titles(sight="blind") == [] and titles(sight="seeing") == ["mimikatz", "whoami"]


def test_a_list_leaves_as_a_file(client_of, alice, worked):
    response = client_of(alice).get(reverse("soc:rules"), {"download": "csv"})
    assert "Use of mimikatz" in b"".join(response.streaming_content).decode("utf-8-sig")


def test_a_decision_by_form(client_of, alice, bob, minato, rules):
    address = reverse("soc:rule-decide", args=[rules[0].pk])
    assert client_of(bob).post(address, {"on": "1", "reason": "x", "ward": "131032"}).status_code == 403
    client = client_of(alice)
    assert client.post(address, {"on": "1", "ward": "131032"}).status_code == 422
    assert client.post(address, {"on": "1", "reason": "試験済み", "ward": "131032"}).status_code == 302
    assert len(active_rules(minato).rules) == 1
    assert client.post(address, {"on": "1", "reason": "x", "ward": "all"}).status_code == 403


def test_many_rules_at_once(client_of, alice, jun, minato, rules):
    client = client_of(alice)
    address = f"{reverse('soc:rules-decide')}?q=mimikatz&on=1"
    shown = client.get(address).content.decode()
    assert "Use of mimikatz" in shown and "Use of whoami" not in shown
    assert client.post(address, {"on": "1"}).status_code == 422
    assert client.post(address, {"on": "1", "reason": "試験済み"}).status_code == 302
    assert len(active_rules(minato).rules) == 1
    everywhere = f"{reverse('soc:rules-decide')}?on=1&ward=all"
    assert client.post(everywhere, {"on": "1", "reason": "x"}).status_code == 403
    assert client_of(jun).post(everywhere, {"on": "1", "reason": "共通"}).status_code == 302
    assert DetectionRule.objects.unscoped("test").filter(is_default=True).count() == 2


def test_retiring_by_form(client_of, alice, jun, rules):
    address = reverse("soc:rule-retire", args=[rules[0].pk])
    assert client_of(alice).post(address, {"reason": "x"}).status_code == 403
    client = client_of(jun)
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"reason": "古い"}).status_code == 302
    assert "廃止" in page(client, rules[0]).content.decode()
    assert client.post(address, {"back": "1"}).status_code == 302
    rules[0].refresh_from_db()
    assert rules[0].retired_at is None


def exclusion_form(**changes):
    plain = {"reason": "定期実行", "expires_on": (today() + timedelta(days=10)).isoformat(),
             "field_0": "Computer", "values_0": "PC-1\r\nPC-2", "ward": "131032"}  # fmt: skip
    return plain | changes


def test_an_exclusion_by_form(client_of, alice, bob, charlie, minato, rules):
    address = f"{reverse('soc:exclusion-new')}?rule={rules[0].pk}"
    assert client_of(bob).get(address).status_code == 403
    client = client_of(alice)
    assert client.get(address).status_code == 200
    assert client.post(address, exclusion_form(values_0="")).status_code == 422
    assert client.post(address, exclusion_form(modifier_0="re", values_0="(")).status_code == 422
    assert client.post(address, exclusion_form()).status_code == 302
    made = RuleExclusion.objects.unscoped("test").get()
    assert (made.condition, made.organisation) == ({"Computer": ["PC-1", "PC-2"]}, minato)
    withdraw = reverse("soc:exclusion-withdraw", args=[made.pk])
    assert client_of(charlie).post(withdraw).status_code == 404
    assert client_of(bob).post(withdraw).status_code == 403
    assert client.post(withdraw).status_code == 302
    assert client.post(withdraw, follow=True).status_code == 200, "a second one is told, not raised"
    assert "定期実行" in client.get(reverse("soc:exclusions")).content.decode()


def test_an_alert_suggests_the_condition(client_of, alice, charlie, worked, rules):
    group = add_group(worked.organisation, rules[0], host="PC-9")
    address = f"{reverse('soc:exclusion-new')}?rule={rules[0].pk}&alert={group.pk}"
    assert client_of(charlie).get(address).status_code == 404
    text = client_of(alice).get(address).content.decode()
    assert 'value="Image"' in text and "C:\\x\\mimikatz.exe</textarea>" in text
    assert 'value="Computer"' in text and "PC-9</textarea>" in text
    other = f"{reverse('soc:exclusion-new')}?rule={rules[1].pk}&alert={group.pk}"
    assert client_of(alice).get(other).status_code == 404


@pytest.mark.parametrize("query", ["", "?rule=x", "?rule=999999", "?rule=" + "9" * 40])
def test_a_form_without_a_rule_is_not_there(query, client_of, alice, rules):
    assert client_of(alice).get(reverse("soc:exclusion-new") + query).status_code == 404


def test_an_uploaded_pack_is_imported_by_a_worker(client_of, alice, jun, organisations):
    address = reverse("soc:rules-import")

    def upload(text=None):
        file = io.BytesIO((text or f"{rule_text('a')}---\n{rule_text('b')}---\na: [").encode())
        file.name = "own.yml"
        return {"file": file, "licence": "DRL 1.1"}

    assert client_of(alice).post(address, upload()).status_code == 403
    client = client_of(jun)
    response = client.post(address, upload())
    assert response.status_code == 302
    JobWorker().drain()
    job = Job.objects.unscoped("test").get()
    assert (job.state, job.result["loaded"]) == (JobState.SUCCEEDED, 2)
    pack = RulePack.objects.unscoped("test").get()
    text = client.get(pack.get_absolute_url()).content.decode()
    assert "own.yml#3" in text and "DRL 1.1" in text
    assert client_of(alice).get(pack.get_absolute_url()).status_code == 200
    client.post(address, upload("README"))
    JobWorker().drain()
    assert client.post(address, {"licence": "x"}).status_code == 422


def test_a_trial_runs_over_stored_events(client_of, alice, bob, minato, rules):
    address = reverse("soc:rule-try", args=[rules[0].pk])
    assert client_of(bob).post(address, {"days": "7", "ward": "131032"}).status_code == 403
    assert client_of(alice).post(address, {"days": "5", "ward": "131032"}).status_code == 422
    assert client_of(alice).post(address, {"days": "7", "ward": "131032"}).status_code == 302
    JobWorker().drain()
    job = Job.objects.unscoped("test").get()
    assert job.state == JobState.SUCCEEDED, job.error
    assert job.result["matches"] == 0
    assert "7" in page(client_of(alice), rules[0]).content.decode()


def test_the_matrix_is_a_grid_and_a_table(client_of, alice, jun, actor_of, rules):
    default_rules(actor_of(jun), rules=rules, is_default=True, reason="共通")
    text = client_of(alice).get(reverse("soc:coverage")).content.decode()
    assert "data-tile-map" in text and "Command and Scripting Interpreter" in text
    assert text.count("<table") == 1 and "technique=T1059&amp;ward=131032" in text
