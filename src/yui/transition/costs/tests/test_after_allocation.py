"""After allocation every sum counts once, wherever it lies, and adds up to the bills."""

import json
from datetime import date
from decimal import Decimal

import pytest

from yui.kernel.calendar_jp import Month, Period
from yui.kernel.measures.values import MeasureScope
from yui.kernel.policy import Actor
from yui.registry.facts import SystemFacts
from yui.registry.models import StandardBusinessArea
from yui.registry.operations import register_system
from yui.transition.costs.commands import allocate, summary
from yui.transition.costs.formats.focus_allocated import COLUMNS, focus_csv, method_details
from yui.transition.costs.formats.focus_columns import COST_AND_USAGE, Level
from yui.transition.costs.measures import per_resident
from yui.transition.costs.models import AllocatedCost, AllocationRule, MonthlyCost
from yui.transition.costs.operations.save_allocation_rule import RuleFields, save_allocation_rule
from yui.transition.costs.operations.set_account_use import set_account_use
from yui.transition.costs.operations.set_residents import Residents, set_residents
from yui.transition.costs.operations.set_usage import Usage, set_usage
from yui.transition.costs.queries.after_allocation import borne_by, summarise_borne, totals_of
from yui.transition.costs.queries.allocated_focus import focus_rows
from yui.transition.costs.queries.borne_book import open_borne_book
from yui.transition.costs.queries.unit_costs import area_units, median_of, ward_units
from yui.transition.costs.tests.test_commands import call

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system("test")
MAY = Month(2026, 5)


def by(rows, *groups):
    return {cell.key: cell.yen.yen for cell in summarise_borne(rows, groups)}


@pytest.fixture
def three_bills(joint_bill, take_in, bill_file, minato, shinjuku):
    """1,001 yen of the SOC, 100 of 港区, 10 of 新宿区, all in May for a system S-1."""
    take_in(bill_file({"BilledCost": "100"}, name="m.csv"), minato)
    take_in(bill_file({"BilledCost": "10"}, name="s.csv"), shinjuku)


@pytest.fixture
def shared(three_bills, in_force, minato, shinjuku):
    return in_force({minato: Decimal(3), shinjuku: Decimal(1)}, method="weight")


def people(soc, **residents):
    from_code = {"minato": "131032", "shinjuku": "131041"}
    organisations = {each.code: each for each in type(soc).objects.all()}
    counts = [
        Residents(organisations[from_code[name]], date(2026, 1, 1), count)
        for name, count in residents.items()
    ]
    set_residents(SYSTEM, organisation=soc, counts=counts, source="架空")


def test_everything_together_is_still_the_bills(shared, actor_of, alice, charlie, jun):
    assert totals_of(borne_by(SYSTEM)) == {"JPY": Decimal(1111)}
    assert by(borne_by(SYSTEM), "ward") == {("131032",): 851, ("131041",): 260}
    assert by(borne_by(actor_of(alice)), "ward", "use") == {
        ("131032", "joint"): 751,
        ("131032", "single"): 100,
    }
    assert by(borne_by(actor_of(charlie)), "ward") == {("131041",): 260}
    assert by(borne_by(actor_of(jun)), "ward") == {("131032",): 751, ("131041",): 250}


def test_without_a_rule_costs_stay_where_they_are(three_bills, soc):
    assert by(borne_by(SYSTEM), "ward") == {("131032",): 100, ("131041",): 10, (soc.code,): 1001}


def test_months_organisations_and_metrics_narrow_what_is_read(shared, minato):
    assert by(borne_by(SYSTEM, organisations=[minato.code]), "owner") == {("131032",): 100, ("JB-SOC",): 751}
    assert borne_by(SYSTEM, last_month="2026-04") == [] == borne_by(SYSTEM, first_month="2026-06")
    effective = by(borne_by(SYSTEM, metric="effective"), "owner")
    assert effective[("JB-SOC",)] == 1001 and effective[("131032",)] == Decimal("10.5")
    with pytest.raises(KeyError):
        summarise_borne([], ["colour"])


def test_business_areas_come_from_the_register_or_from_the_rule(shared, soc, minato):
    area = StandardBusinessArea.objects.get(code="03")
    facts = SystemFacts(
        code="S-1", name="税システム", category="internal", hosting="on_premises", network_zone="lgwan",
        purpose="税", started_on=date(2020, 4, 1),
    )  # fmt: skip
    register_system(SYSTEM, organisation=minato, facts=facts)
    assert by(borne_by(SYSTEM), "business") == {("other",): 1111}
    rule = AllocationRule.objects.unscoped("test").get()
    save_allocation_rule(
        SYSTEM, organisation=soc, rule=rule, fields=RuleFields(rule.name, business_area=area.code)
    )
    assert by(borne_by(SYSTEM), "business") == {("03",): 1001, ("other",): 110}


def test_an_account_can_be_said_to_be_in_joint_use(three_bills, minato):
    assert by(borne_by(SYSTEM, organisations=[minato.code]), "use") == {("single",): 100}
    set_account_use(SYSTEM, organisation=minato, provider="架空クラウド", account="acct-1", use_form="joint")
    assert by(borne_by(SYSTEM, organisations=[minato.code]), "use") == {("joint",): 100}


def test_the_figure_per_resident_divides_what_is_borne(
    shared, soc, minato, shinjuku, actor_of, alice, charlie
):
    period = Period.of_month(MAY)
    assert per_resident(MeasureScope(minato), period) is None
    people(soc, minato=100)
    assert per_resident(MeasureScope(minato), period).value == Decimal("8.51")
    assert per_resident(MeasureScope(shinjuku), period) is None
    assert per_resident(MeasureScope(None), period).value == Decimal("8.51")
    people(soc, shinjuku=11)
    figure = per_resident(MeasureScope(None), period)
    assert (figure.numerator, figure.denominator) == (1111, 111)
    scopes = [MeasureScope(minato), MeasureScope(shinjuku), MeasureScope(None)]
    many = per_resident.many(scopes, [period])
    assert {key: found.value for key, found in many.items()} == {
        (scope, period): per_resident(scope, period).value for scope in scopes
    }
    rows = figure.evidence.rows(actor_of(alice), 0, 50)
    assert sorted(row.cells[3] for row in rows) == ["100", "100", "11", "751"]
    assert figure.evidence.count(actor_of(charlie)) == 4
    assert "1" in figure.note


def test_owners_do_not_count_what_they_gave_away(shared, soc):
    assert open_borne_book([MAY]).of(soc.code, [MAY]).months == set()
    period = Period.of_month(MAY)
    people(soc, minato=100)
    evidence = per_resident(MeasureScope(None), period).evidence
    assert "1001" not in [row.cells[3] for row in evidence.rows(SYSTEM, 0, 50)]


def test_a_median_needs_three_wards(shared, soc, minato):
    people(soc, minato=100, shinjuku=10)
    units = ward_units([MAY])
    found = {unit.ward.code: unit.per_resident for unit in units if unit.per_resident is not None}
    assert found == {"131032": Decimal("8.51"), "131041": Decimal(26)}
    assert median_of(units) is None
    assert median_of([*units, units[0], *[u for u in units if u.per_resident == 26]]) == 26


def test_areas_of_a_ward_show_cases_only_where_they_were_counted(
    shared, soc, minato, actor_of, alice, charlie
):
    people(soc, minato=100)
    assert area_units(actor_of(charlie), minato, [MAY]) == ()
    (unit,) = area_units(actor_of(alice), minato, [MAY])
    assert (unit.yen, unit.per_resident, unit.cases, unit.per_case) == (851, Decimal("8.51"), None, None)
    area = StandardBusinessArea.objects.get(code="01")
    rule = AllocationRule.objects.unscoped("test").get()
    save_allocation_rule(
        SYSTEM, organisation=soc, rule=rule, fields=RuleFields(rule.name, business_area="01")
    )
    set_usage(
        SYSTEM, organisation=minato, usages=[Usage(minato, MAY, area.name_ja, Decimal(4))], source="架空"
    )
    units = {unit.area: unit for unit in area_units(actor_of(alice), minato, [MAY])}
    assert (units["01"].cases, units["01"].per_case) == (4, Decimal("187.75"))


def test_focus_rows_hold_every_mandatory_column_and_ratios_of_exactly_one(shared, in_force, actor_of, alice):
    mandatory = {
        column.name: column
        for column in COST_AND_USAGE
        if column.level is Level.MANDATORY and column.is_in("1.4")
    }
    assert set(mandatory) <= set(COLUMNS)
    rows = list(focus_rows(SYSTEM, month="2026-05"))
    for row in rows:
        assert set(row) <= set(COLUMNS)
        assert all(row.get(name) for name, column in mandatory.items() if not column.allows_null)
        (element,) = json.loads(row["AllocatedMethodDetails"])["Elements"]
        assert 0 < element["AllocatedRatio"] < 1
    ratios = [
        json.loads(row["AllocatedMethodDetails"], parse_float=Decimal)["Elements"][0]["AllocatedRatio"]
        for row in rows
    ]
    assert sum(ratios) == 1
    assert sum(Decimal(row["BilledCost"]) for row in rows) == 1001
    assert {row["AllocatedResourceId"] for row in focus_rows(actor_of(alice))} == {"131032"}
    assert focus_csv(rows).startswith(b"AllocatedMethodDetails,")


def test_method_details_fit_the_schema_of_the_specification(shared_data):
    path = shared_data / "costs" / "model" / "json_schemas" / "allocatedmethoddetailsobjectschema.json"
    schema = json.loads(path.read_text(encoding="utf-8"))
    element = schema["properties"]["Elements"]["items"]
    for text in (
        method_details("0.333333333333333334", "even"),
        method_details("0", "usage", '利用者"数"', "2.5"),
    ):
        details = json.loads(text)
        assert set(schema["required"]) <= set(details)
        (found,) = details["Elements"]
        assert set(element["required"]) <= set(found)
        assert all(name in element["properties"] or name.startswith("x_") for name in found)
        assert 0 <= found["AllocatedRatio"] <= 1
        assert ("UsageQuantity" in found) == ("UsageUnit" in found)


def test_the_command_checks_the_sums_of_a_month(shared):
    answer = json.loads(call(allocate, "--month", "2026-05", "--json"))
    assert answer["adds_up"] and [share["billed"] for share in answer["shares"]] == ["751", "250"]
    AllocatedCost.objects.unscoped("test").filter(billed="250").update(billed="249")
    with pytest.raises(SystemExit):
        call(allocate, "--month", "2026-05")


def test_the_summary_can_be_asked_for_after_allocation(shared):
    asked = ("--by", "ward,business", "--after-allocation", "--json")
    rows = json.loads(call(summary, *asked))
    assert [(row["ward"], row["business"], row["yen"]) for row in rows] == [
        ("131032", "other", "851"),
        ("131041", "other", "260"),
    ]
    before = json.loads(call(summary, "--by", "ward", "--json"))
    assert sum(Decimal(row["yen"]) for row in before) == sum(Decimal(row["yen"]) for row in rows) == 1111
    assert MonthlyCost.objects.unscoped("test").count() == 3
