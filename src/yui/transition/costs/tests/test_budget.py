"""予算と実績: the operations, the sheet, the pages, and the wall."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from yui.kernel.exchange.operations import apply_run, preview_run, upload_file
from yui.kernel.ledger.models import Entry
from yui.kernel.policy import PermissionRefused
from yui.transition.costs.models import BudgetLine
from yui.transition.costs.operations.remove_budget_line import remove_budget_line
from yui.transition.costs.operations.save_budget_line import BudgetFacts, save_budget_line
from yui.transition.costs.queries.budget import budget_report

pytestmark = pytest.mark.django_db
SOFTWARE = BudgetFacts(2026, "software", 1_000_000, budget_item="総務費", system_code="S-1")
LEDGER = """年度,団体コード,会計,款項目,節細節,契約番号,事業者,業務,経費区分,税込額,支払日,期間,件名,管理番号
2026,131032,一般会計,総務費,委託料,K-1,架空ベンダー,住記,ソフトウェア利用・保守,"300,000",2026-05-20,,保守,S-1
2026,131032,一般会計,総務費,委託料,K-1,架空ベンダー,住記,ソフトウェア利用・保守,"900,000",2027-05-10,,保守,S-1
2027,131032,一般会計,総務費,委託料,K-1,架空ベンダー,住記,ソフトウェア利用・保守,"50,000",2027-05-20,,保守,S-1
2026,131032,一般会計,総務費,委託料,K-2,架空ベンダー,住記,通信回線,"70,000",2026-06-25,,回線,
"""


@pytest.fixture
def save(minato, system_actor):
    def run(facts=SOFTWARE, line=None, actor=None):
        return save_budget_line(actor or system_actor, organisation=minato, facts=facts, line=line)

    return run


@pytest.fixture
def ledger(take_in, tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(LEDGER, encoding="utf-8")
    return take_in(path)


def facts(**changes):
    return BudgetFacts(**(vars(SOFTWARE) | changes))


def test_a_line_is_entered_corrected_and_removed(save, minato, system_actor):
    line, is_new = save()
    assert is_new and line.amount_yen == 1_000_000
    assert save(line=line) == (line, False)
    save(facts(amount_yen=1_200_000), line)
    line.refresh_from_db()
    assert line.amount_yen == 1_200_000
    assert Entry.objects.filter(verb="costs.budget.save").count() == 2
    remove_budget_line(system_actor, line=line)
    assert not BudgetLine.objects.owned_by(minato).exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({}, "同じ年度"),
        ({"revision": 1, "budget_item": "他"}, "補正の回は"),
        ({"kind": "supplementary", "budget_item": "他"}, "補正の回は"),
        ({"amount_yen": -1, "budget_item": "他"}, "0 円以上"),
        ({"cost_category": "gold", "budget_item": "他"}, "gold"),
    ],
)
def test_lines_that_cannot_be_are_refused(save, wrong, told):
    save()
    with pytest.raises(ValidationError, match=told):
        save(facts(**wrong))


def test_only_who_edits_may_change_a_budget(save, bob, charlie, actor_of, alice):
    for stranger in (bob, charlie):
        with pytest.raises(PermissionRefused):
            save(actor=actor_of(stranger))
    line, _is_new = save(actor=actor_of(alice))
    with pytest.raises(PermissionRefused):
        remove_budget_line(actor_of(bob), line=line)


def test_budget_and_spending_meet_by_fiscal_year(save, ledger, minato, system_actor):
    save()
    save(facts(kind="supplementary", revision=1, amount_yen=-100_000))
    save(facts(cost_category="line", system_code="", amount_yen=500_000))
    report = budget_report(system_actor, minato, BudgetLine.objects.owned_by(minato).first().year)
    by_key = {(row.category, row.system): row for row in report.rows}
    software, line = by_key["software", "S-1"], by_key["line", ""]
    assert (software.initial, software.supplementary, software.budget) == (1_000_000, -100_000, 900_000)
    # 900,000 yen were paid in May after the year's end, and belong to it all the same; 50,000 do not.
    assert (software.spent, software.settled_late, software.left) == (1_200_000, 900_000, -300_000)
    assert (software.pace, line.pace) == ("over", "finished")
    assert (line.budget, line.spent) == (500_000, 70_000)
    assert (report.total.budget, report.total.spent) == (1_400_000, 1_270_000)
    assert report.covered == 12


def test_the_page_shows_states_in_words_and_leads_down(client_of, alice, save, ledger):
    line, _is_new = save()
    client = client_of(alice)
    page = client.get(f"{reverse('costs:budget')}?year=2026").content.decode()
    assert "style=" not in page
    for text in ("予算を超えた", "予算がない", "2027-05-31", "120.0%", "90万円"):
        assert text in page.replace("900,000円", "90万円")
    behind = f"{reverse('costs:behind')}?ward=131032&year=2026&category=software&system=S-1"
    assert behind.replace("&", "&amp;") in page
    lines = client.get(behind).content.decode()
    assert "300000" in lines and "900000" in lines and "50000" not in lines.replace("900000", "")
    assert client.get(line.get_absolute_url()).status_code == 200
    listed = client.get(f"{reverse('costs:budget-lines')}?organisation=131032&year=2026").content.decode()
    assert "1,000,000" in listed and reverse("exchange:new", args=["costs.budget"]) in listed


def test_the_table_leaves_as_a_file(client_of, alice, save, ledger):
    save()
    address = reverse("costs:budget-export", args=["csv"])
    text = client_of(alice).get(f"{address}?year=2026").content.decode("utf-8-sig")
    assert "131032,2026,ソフトウェア利用・保守,S-1,S-1,1000000,0,1000000,1200000,900000,-200000,120.0" in text
    assert client_of(alice).get(f"{address.replace('csv', 'exe')}?year=2026").status_code == 404


def form(**changes):
    cells = {
        "organisation": "131032",
        "fiscal_year": "令和8年度",
        "kind": "initial",
        "revision": "0",
        "cost_category": "line",
        "amount_yen": "12万円",
    }
    return cells | changes


def test_people_enter_and_correct_lines_on_the_page(client_of, alice, bob, minato):
    client = client_of(alice)
    assert client.post(reverse("costs:budget-add"), form()).status_code == 302
    line = BudgetLine.objects.owned_by(minato).get()
    assert (line.fiscal_year, line.amount_yen) == (2026, 120_000)
    again = client.post(reverse("costs:budget-add"), form())
    assert again.status_code == 200 and "同じ年度" in again.content.decode()
    for wrong in ({"fiscal_year": "x"}, {"amount_yen": "x"}, {"amount_yen": "-"}):
        assert client.post(reverse("costs:budget-add"), form(**wrong)).status_code == 200
    address = line.get_absolute_url()
    assert client.post(address, form(amount_yen="130000")).status_code == 302
    line.refresh_from_db()
    assert line.amount_yen == 130_000
    assert "変更の履歴" in client_of(bob).get(address).content.decode()
    remove = reverse("costs:budget-remove", args=[line.pk])
    for refused in (reverse("costs:budget-add"), address, remove):
        assert client_of(bob).post(refused, form()).status_code == 403
    assert client.post(remove).status_code == 302
    assert not BudgetLine.objects.owned_by(minato).exists()


def test_a_stranger_finds_no_budget(client_of, charlie, save, ledger):
    line, _is_new = save()
    client = client_of(charlie)
    for address in (
        line.get_absolute_url(),
        f"{reverse('costs:behind')}?ward=131032&year=2026&category=software",
        f"{reverse('costs:budget-export', args=['csv'])}?ward=131032&year=2026",
    ):
        assert client.get(address).status_code == 404
    assert client.post(reverse("costs:budget-remove", args=[line.pk])).status_code == 404
    for name in ("budget", "budget-lines"):
        assert "S-1" not in client.get(f"{reverse(f'costs:{name}')}?ward=131032&year=2026").content.decode()


@pytest.mark.parametrize(
    "query", ["", "ward=131032", "ward=131032&year=x", "ward=131032&year=2026&system=no"]
)
def test_lines_without_a_condition_that_fits_are_not_found(client_of, alice, ledger, query):
    assert client_of(alice).get(f"{reverse('costs:behind')}?{query}").status_code == 404


SHEET = """年度,予算の種類,補正の回,款項目,節,システムコード,経費区分,予算額(円)
令和8年度,当初,,総務費,委託料,S-1,ソフトウェア利用・保守,"1,000,000"
2026,補正,1,総務費,委託料,S-1,ソフトウェア利用・保守,"▲200,000"
"""


def imported(sheet, organisation, actor):
    run = upload_file(
        actor,
        organisation=organisation,
        importer="costs.budget",
        source=io.BytesIO(sheet.encode()),
        name="予算.csv",
    )
    return preview_run(actor, run.pk)


def test_a_sheet_is_taken_in_and_the_same_again_changes_nothing(minato, system_actor):
    run = imported(SHEET, minato, system_actor)
    apply_run(system_actor, run.pk)
    amounts = BudgetLine.objects.owned_by(minato).order_by("revision").values_list("revision", "amount_yen")
    assert list(amounts) == [(0, 1_000_000), (1, -200_000)]
    corrected = imported(SHEET.replace("1,000,000", "1,500,000"), minato, system_actor)
    apply_run(system_actor, corrected.pk)
    assert BudgetLine.objects.owned_by(minato).get(revision=0).amount_yen == 1_500_000


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("令和8年度", "来年", "2026年度、令和8年度のように"),
        ("当初", "暫定", "暫定"),
        (",当初,,", ",当初,3,", "補正の回は"),
        ("▲200,000", "たくさん", "たくさん"),
        ("2026,補正,1,総務費", "2026,当初,0,総務費", "0 円以上"),
    ],
)
def test_wrong_rows_say_what_to_do(minato, system_actor, before, after, told):
    run = imported(SHEET.replace(before, after, 1), minato, system_actor)
    run.refresh_from_db()
    assert told in str(run.errors)
    assert not BudgetLine.objects.owned_by(minato).exists()
