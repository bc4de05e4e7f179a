"""The pages of the outlook: totals, rates, series, files; and nothing of another ward."""

from datetime import date

import pytest
from django.urls import reverse

from yui.kernel.policy import Actor
from yui.kernel.tasks.models import Job
from yui.kernel.tasks.worker import JobWorker
from yui.transition.costs.models import CostForecast
from yui.transition.costs.operations.forecast_costs import forecast_costs

pytestmark = pytest.mark.django_db
PAGE = reverse("costs:outlook")
SYSTEM_PAGE = reverse("costs:outlook-system") + "?ward=131032&system=S-1"


@pytest.fixture
def made(bill_of_months, minato):
    bill_of_months([500_000] * 24)
    return forecast_costs(Actor.system("test"), minato)


def text(answer):
    return answer.content.decode()


def test_an_empty_page_says_what_to_do(client_of, alice, bob, lake, db):
    assert "見通しがまだありません" in text(client_of(alice).get(PAGE))
    assert "計算し直す" not in text(client_of(bob).get(PAGE))


def test_the_page_shows_the_year_and_leads_to_the_series(client_of, bob, made):
    page = text(client_of(bob).get(PAGE))
    assert "600万円" in page and "同じ額の支払い" in page
    assert SYSTEM_PAGE.replace("&", "&amp;") in page
    assert "style=" not in page
    assert "0.0%" in page or "+0.0%" in page


def test_too_few_months_are_told_above_the_figures_instead_of_a_range_of_nothing(
    client_of, alice, bill_of_months, minato
):
    bill_of_months([410_000, 530_000])
    forecast_costs(Actor.system("test"), minato)
    page = text(client_of(alice).get(PAGE))
    assert page.index("1 系列は、合計に入っていません") < page.index("どう計算したか")
    assert "<p>80%の確かさで" not in page


def test_the_assumed_rate_is_taken_from_the_address_and_checked(
    client_of, alice, bill_of_months, minato, rate
):
    from yui.kernel.calendar_jp import Month

    for month in Month.between(Month(2026, 1), Month(2026, 8)):
        rate(month, 150)
    bill_of_months([1000] * 8, currency="USD")
    forecast_costs(Actor.system("test"), minato)
    assert "180万円" in text(client_of(alice).get(PAGE))
    assert "187万円" in text(client_of(alice).get(PAGE + "?rate_USD=160"))
    for wrong in ("0", "-3", "abc", "NaN", "1e9"):
        answer = client_of(alice).get(PAGE + f"?rate_USD={wrong}")
        assert answer.status_code == 422
        assert "0より大きい数字" in text(answer)


def test_a_series_shows_method_and_errors_and_leads_to_lines(client_of, alice, made, bill_of_months, minato):
    bill_of_months(
        [90_000 + step * 800 + (step * 7919) % 9000 for step in range(30)], account="usage", name="u.csv"
    )
    forecast_costs(Actor.system("test"), minato)
    page = text(client_of(alice).get(SYSTEM_PAGE))
    for word in ("架空クラウド", "WAPE", "MASE", "2026-09"):
        assert word in page
    address = reverse("costs:lines") + "?ward=131032&system=S-1&month=2026-08"
    assert address.replace("&", "&amp;") in page
    assert client_of(alice).get(address).status_code == 200


def test_a_stranger_finds_nothing(client_of, charlie, made):
    page = client_of(charlie).get(PAGE + "?ward=131032")
    assert page.status_code == 200 and "600万円" not in text(page)
    assert client_of(charlie).get(SYSTEM_PAGE).status_code == 404
    assert client_of(charlie).get(reverse("costs:outlook-export", args=["csv"])).status_code == 404


def test_files_hold_every_series(client_of, alice, made):
    address = reverse("costs:outlook-export", args=["csv"])
    lines = b"".join(client_of(alice).get(address).streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "3500000" in lines[1] and "同じ額の支払い" in lines[1]
    assert client_of(alice).get(address.replace("csv", "xlsx")).content.startswith(b"PK")
    assert client_of(alice).get(address.replace("csv", "exe")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_an_officer_has_it_worked_out_anew_by_a_worker(client_of, alice, bob, charlie, bill_of_months):
    bill_of_months([500_000] * 24)
    address, ward = reverse("costs:outlook-renew"), {"organisation": "131032"}
    for user in (bob, charlie):
        assert client_of(user).post(address, ward).status_code == 403
    assert not Job.objects.unscoped("test").exists()
    assert "計算を始めました" in text(client_of(alice).post(address, ward, follow=True))
    assert not CostForecast.objects.unscoped("test").exists()
    JobWorker().drain()
    assert CostForecast.objects.unscoped("test").count() == 1
    assert "600万円" in text(client_of(alice).get(PAGE))
    assert client_of(alice).post(address, {"organisation": "unknown"}).status_code == 404


def test_a_ward_with_bills_and_no_outlook_is_offered_one(client_of, alice, bob, bill_of_months):
    bill_of_months([500_000] * 24)
    page = text(client_of(alice).get(PAGE + "?ward=131032"))
    assert "見通しがまだありません" in page and reverse("costs:outlook-renew") in page
    assert reverse("costs:outlook-renew") not in text(client_of(bob).get(PAGE + "?ward=131032"))


def test_those_who_wait_for_their_outlook_are_counted(client_of, alice, made, bill_of_months, shinjuku):
    waiting = "1 団体は請求がありますが、見通しはまだです。"
    bill_of_months([300_000] * 24, organisation=shinjuku, name="shinjuku.csv")
    assert waiting not in text(client_of(alice).get(PAGE))
    alice.memberships.create(organisation=shinjuku, role="officer", valid_from=date(2020, 4, 1))
    page = text(client_of(alice).get(PAGE))
    assert waiting in page and "団体を選んで「計算し直す」" in page
    forecast_costs(Actor.system("test"), shinjuku)
    assert waiting not in text(client_of(alice).get(PAGE))


@pytest.mark.parametrize(
    ("yen", "told"),
    [(6_500_000, "予算は 650万円 です。"), (5_900_000, "予算 590万円 を超える見込みです。")],
)
def test_the_year_is_compared_with_the_budget(client_of, bob, made, budget_of, minato, yen, told):
    assert "1 団体の予算が入力されていません。" in text(client_of(bob).get(PAGE))
    budget_of(minato, yen - 1000)
    budget_of(minato, 1000, kind="supplementary", revision=1)
    budget_of(minato, 77, fiscal_year=2025)
    page = text(client_of(bob).get(PAGE))
    assert told in page and reverse("costs:budget") + "?ward=131032&amp;year=2026" in page


def test_without_bills_there_is_a_word_instead(client_of, alice, lake, db):
    answer = client_of(alice).post(reverse("costs:outlook-renew"), {"organisation": "131032"}, follow=True)
    assert "請求がまだないので" in text(answer)


def test_visitors_are_sent_to_sign_in(client, made):
    for name in ("outlook", "outlook-system", "anomalies"):
        assert client.get(reverse(f"costs:{name}")).status_code == 302


def test_the_page_reads_in_english(client_of, alice, made, settings):
    page = text(client_of(alice).get(PAGE, headers={"accept-language": "en"}))
    assert "Fixed payment" in page and "With 80% certainty" in page
