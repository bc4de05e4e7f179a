"""The conversion tables name only what FOCUS has, and the handbook shows them as they are."""

from pathlib import Path

import pytest

from yui.transition.costs.formats.focus import CHARGES, columns_of, mandatory
from yui.transition.costs.formats.providers.tables import (
    PROVIDERS,
    parse_table,
    recognise_provider,
    spell,
    table_of,
)
from yui.transition.costs.models import BillKind

PAGE = Path(__file__).parents[5] / "docs" / "cost-formats.md"
KNOWN = {"cases", "copy", "text", "map", "values", "otherwise", "sum", "difference", "product", "time", "at"}
KNOWN |= {"zone", "unit", "part", "times", "extract", "pattern", "credits", "onto", "element", "when"}


def line_of(rule):
    """How the handbook shows a rule: the column, the columns that it comes from, a constant."""
    named = ", ".join(f"`{name}`" for name in rule.columns) or f"「{rule.recipe.get('text', '')}」"
    return f"| `{rule.target}` | {named} |"


@pytest.mark.parametrize("code", PROVIDERS)
def test_a_table_makes_every_mandatory_column_and_no_unknown_one(code):
    table = table_of(code)
    targets = [rule.target for rule in table.rules]
    assert len(targets) == len(set(targets))
    assert {"BilledCost", "EffectiveCost"} <= set(targets)
    focus = {column.name for column in columns_of(CHARGES) if column.is_in("1.4")}
    own = {name for name in targets if name.startswith("x_")}
    assert set(targets) - own <= focus
    assert set(mandatory(CHARGES, "1.4")) <= set(targets)
    assert code in BillKind.values
    for rule in [*table.rules, *(rule for split in table.splits for rule in split.rules)]:
        assert set(rule.recipe) <= KNOWN
        assert all(set(case) <= KNOWN for case in rule.recipe.get("cases", ()))
    for split in table.splits:
        assert {rule.target for rule in split.rules} <= set(targets)


@pytest.mark.parametrize("code", PROVIDERS)
def test_the_handbook_shows_the_table_as_it_is(code):
    text = PAGE.read_text(encoding="utf-8")
    section = text.split(f"## `{code}`")[1].split("\n## ")[0]
    missing = [line_of(rule) for rule in table_of(code).rules if line_of(rule) not in section]
    assert not missing
    assert section.count("\n| `") == len(table_of(code).rules)


@pytest.mark.parametrize(
    "name, spelling, spelt",
    [
        ("lineItem/UnblendedCost", "snake", "line_item_unblended_cost"),
        ("line_item_unblended_cost", "snake", "line_item_unblended_cost"),
        ("savingsPlan/SavingsPlanARN", "snake", "savings_plan_savings_plan_a_r_n"),
        ("resourceTags/user:CostCenter", "snake", "resource_tags/user:CostCenter"),
        ("\ufeffBillingAccountId", "lower", "billingaccountid"),
        ("service.description", "flat", "service_description"),
    ],
)
def test_spellings_of_one_column_become_one(name, spelling, spelt):
    assert spell(name, spelling) == spelt


def test_what_is_nobodys_is_not_recognised():
    assert recognise_provider(["BilledCost", "ChargeCategory"]) is None
    assert recognise_provider([]) is None
    with pytest.raises(KeyError):
        table_of("../secrets")


def test_a_table_of_ones_own_is_read():
    table = parse_table(
        "x",
        {
            "title": "架空",
            "spelling": "lower",
            "signature": ["a"],
            "needed": [["cost", "amount"]],
            "tags": [{"kind": "columns", "prefixes": ["tag:"]}],
            "column": [{"target": "ChargeCategory", "map": "a", "values": {"U": "Usage"}}],
        },
    )
    assert table.missing(["a"]) == ("cost",) and table.missing(["AMOUNT".lower()]) == ()
    assert (table.is_tag("tag:env"), table.is_tag("a"), table.charge_types) == ("env", "", frozenset({"u"}))
