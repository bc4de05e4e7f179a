"""The list of anomalies and the record: seen and decided by the ward's own people only."""

from datetime import date

import pytest
from django.urls import reverse

from yui.kernel.policy import Actor
from yui.transition.costs.models import CostAnomaly
from yui.transition.costs.operations.detect_anomalies import detect_anomalies
from yui.transition.costs.public import open_anomalies

pytestmark = pytest.mark.django_db
LIST = reverse("costs:anomalies")


@pytest.fixture
def anomaly(odd_costs, minato):
    detect_anomalies(Actor.system("test"), minato)
    return CostAnomaly.objects.unscoped("test").get()


def text(answer):
    return answer.content.decode()


def test_an_empty_list_says_what_will_be_there(client_of, alice, lake, db):
    assert "気になる増減はありません" in text(client_of(alice).get(LIST))


def test_the_list_shows_amounts_and_leads_to_the_record(client_of, bob, anomaly):
    page = text(client_of(bob).get(LIST))
    for word in ("2,500 JPY", "1,001 JPY", "+150%", "未確認", anomaly.get_absolute_url()):
        assert word in page
    assert "2,500 JPY" not in text(client_of(bob).get(LIST + "?state=explained"))


def test_the_record_shows_the_course_the_lines_and_the_forms(client_of, alice, bob, anomaly):
    page = text(client_of(alice).get(anomaly.get_absolute_url()))
    for word in ("2,500 JPY", "chart-band", "ふだんの範囲", "わかったことを書く", "確認した"):
        assert word in page
    address = reverse("costs:lines") + "?ward=131032&system=S-1&month=2026-07"
    assert address.replace("&", "&amp;") in page
    assert "わかったことを書く" not in text(client_of(bob).get(anomaly.get_absolute_url()))


def test_a_missing_bill_has_a_gap_and_no_lines(client_of, alice, bill_of_months, minato):
    bill_of_months([1000] * 12, account="other", name="other.csv")
    bill_of_months([500] * 6 + [0] + [500] * 5)
    detect_anomalies(Actor.system("test"), minato)
    missing = CostAnomaly.objects.unscoped("test").get()
    page = text(client_of(alice).get(missing.get_absolute_url()))
    assert "請求が届いていません" in page and "明細を見る" not in page
    assert "chart-band" in page


def test_what_has_the_same_cause_is_named_as_far_as_the_reader_sees(
    client_of, alice, member, minato, shinjuku, anomaly, bill_of_months
):
    amounts = [1000 + step % 3 for step in range(24)]
    amounts[-2] = 3000
    bill_of_months(amounts, organisation=shinjuku, name="shinjuku.csv")
    detect_anomalies(Actor.system("test"), shinjuku)
    other = CostAnomaly.objects.unscoped("test").exclude(pk=anomaly.pk).get()
    assert other.cause == anomaly.cause
    assert other.get_absolute_url() not in text(client_of(alice).get(anomaly.get_absolute_url()))
    both = member("Both", minato, "officer")
    both.memberships.create(organisation=shinjuku, role="officer", valid_from=date(2020, 4, 1))
    assert other.get_absolute_url() in text(client_of(both).get(anomaly.get_absolute_url()))
    assert "同じ原因かもしれないもの" in text(client_of(both).get(LIST))
    assert "同じ原因かもしれないもの" not in text(client_of(alice).get(LIST))


def test_acknowledging_and_explaining(client_of, alice, anomaly):
    client, address = client_of(alice), anomaly.get_absolute_url()
    assert "確認済" in text(client.post(reverse("costs:anomaly-acknowledge", args=[anomaly.pk]), follow=True))
    explain = reverse("costs:anomaly-explain", args=[anomaly.pk])
    refused = client.post(explain, {"outcome": "explained", "explanation": ""})
    assert refused.status_code == 422 and "わかったことを書いてください" in text(refused)
    done = client.post(explain, {"outcome": "explained", "explanation": "棚卸しの作業"}, follow=True)
    assert "棚卸しの作業" in text(done)
    anomaly.refresh_from_db()
    assert anomaly.state == "explained"
    assert "説明済" in text(client.get(address))


def test_nobody_else_decides(client_of, bob, audrey, charlie, anomaly):
    for name in ("anomaly-acknowledge", "anomaly-explain"):
        address = reverse(f"costs:{name}", args=[anomaly.pk])
        data = {"outcome": "explained", "explanation": "x"}
        assert client_of(bob).post(address, data).status_code == 403
        assert client_of(audrey).post(address, data).status_code == 403
        assert client_of(charlie).post(address, data).status_code == 404
    assert client_of(charlie).get(anomaly.get_absolute_url()).status_code == 404
    assert "2,500 JPY" not in text(client_of(charlie).get(LIST))
    anomaly.refresh_from_db()
    assert anomaly.state == "open"


def test_other_rooms_are_told_what_is_open_to_those_who_may_explain_it(
    anomaly, alice, bob, charlie, actor_of, client_of
):
    assert [each.url for each in open_anomalies(actor_of(alice), limit=5)] == [anomaly.get_absolute_url()]
    assert open_anomalies(actor_of(bob), limit=5) == open_anomalies(actor_of(charlie), limit=5) == ()
    client_of(alice).post(
        reverse("costs:anomaly-explain", args=[anomaly.pk]), {"outcome": "false_alarm", "explanation": "誤り"}
    )
    assert open_anomalies(actor_of(alice), limit=5) == ()
