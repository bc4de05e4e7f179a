"""Yui's own rules of FOCUS, made from the facts of its columns, in the layout of the official model.

Used where no official model is at hand. Smaller than the official one: presence, type, format, emptiness,
allowed values of each column, and what the columns must be to each other.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from yui.transition.costs.formats.focus import CHARGES, columns_of
from yui.transition.costs.formats.focus_columns import VERSIONS, Column, Kind, Level
from yui.transition.costs.formats.focus_values import (
    ALLOWED_VALUES,
    CRITERIA,
    CURRENCIES,
    NOT_NEGATIVE,
    SHARES,
    UNITS,
    subcategory_pairs,
)
from yui.transition.costs.formats.rule_model import RuleModel, parse_rule_model
from yui.transition.costs.formats.rule_model_errors import UnknownVersion

Json = dict[str, Any]
_KEYWORDS = {Level.MANDATORY: "MUST", Level.CONDITIONAL: "MUST", Level.RECOMMENDED: "RECOMMENDED"}
_TYPES = {Kind.TEXT: "TypeString", Kind.NUMBER: "TypeDecimal", Kind.TIME: "TypeDateTime"}
_KEY_VALUE = ("Tags", "AllocatedTags", "SkuPriceDetails")


def own_rule_model(dataset: str, version: str) -> RuleModel:
    """Return the rules of a dataset (``focus`` or ``commitment``) in ``version``.

    Raises:
        UnknownVersion: for a version that has no such dataset.
    """
    columns = [column for column in columns_of(dataset) if version in VERSIONS and column.is_in(version)]
    if not columns:
        raise UnknownVersion(version, VERSIONS)
    rules: dict[str, Json] = {}
    for column in columns:
        rules |= dict(_rules_of(column))
    if dataset == CHARGES:
        names = {column.name for column in columns}
        rules |= {rule_id: rule for rule_id, rule, used in _rules_between_columns() if names.issuperset(used)}
    rules |= dict(_rules_of_names())
    name = _("Yui の規則 (FOCUS {version})").format(version=version)
    model = parse_rule_model(
        {"Details": {"FOCUSVersion": version}, "ModelRules": rules}, name, is_official=False
    )
    # Whether a column must be there is a rule of its own; nothing else of an absent column is broken.
    lenient = {rule_id: replace(rule, fails_without_column=False) for rule_id, rule in model.rules.items()}
    return replace(model, rules=lenient)


def _rule(
    column: str, function: str, text: str, requirement: Json, keyword: str = "MUST", **more: Any
) -> Json:
    return {
        "Function": function,
        "Reference": column,
        "ApplicabilityCriteria": list(more.get("criteria", ())),
        "ValidationCriteria": {
            "Keyword": keyword,
            "MustSatisfy": text,
            "Requirement": requirement,
            "Condition": more.get("condition") or {},
        },
    }


def _call(function: str, column: str, **arguments: Any) -> Json:
    return {"CheckFunction": function, "ColumnName": column, **arguments}


def _value(column: str, value: Any) -> Json:
    return _call("CheckValue", column, Value=value)


def _not_value(column: str, value: Any) -> Json:
    return _call("CheckNotValue", column, Value=value)


def _all(*checks: Json) -> Json:
    return {"CheckFunction": "AND", "Items": list(checks)}


def _any(*checks: Json) -> Json:
    return {"CheckFunction": "OR", "Items": list(checks)}


def _rules_of(column: Column) -> Iterator[tuple[str, Json]]:
    """Yield the rules about one column by itself."""
    name, criteria = column.name, CRITERIA.get(column.name, ())
    told = _("{column} の列があること").format(column=name)
    presence = _call("ColumnPresent", name)
    asked = criteria if column.level is not Level.MANDATORY else ()
    yield (
        f"{name}.present",
        _rule(name, "Presence", told, presence, _KEYWORDS[column.level], criteria=asked),
    )
    if not column.allows_null:
        told = _("{column} が空でないこと").format(column=name)
        yield f"{name}.filled", _rule(name, "Nullability", told, _not_value(name, None), "MUST NOT")
    if column.kind in _TYPES:
        told = _("{column} の型が正しいこと").format(column=name)
        yield f"{name}.type", _rule(name, "Type", told, _call(_TYPES[column.kind], name))
    for function in _formats_of(column):
        told = _("{column} の書き方が正しいこと").format(column=name)
        keyword = "SHOULD" if function == "FormatUnit" else "MUST"
        yield f"{name}.format", _rule(name, "Format", told, _call(function, name), keyword)
    values = _values_of(name)
    if values:
        told = _("{column} が決められた値であること").format(column=name)
        one_of = _any(*(_value(name, value) for value in values))
        yield f"{name}.value", _rule(name, "Validation", told, one_of)
    if name in NOT_NEGATIVE:
        told = _("{column} が 0 以上であること").format(column=name)
        check = _call("CheckGreaterOrEqualThanValue", name, Value=0)
        yield f"{name}.range", _rule(name, "Validation", told, check)
    if name in SHARES:
        told = _("{column} が 0 から 1 までであること").format(column=name)
        yield (
            f"{name}.range",
            _rule(name, "Validation", told, _call("CheckWithin", name, Least=0, Most=1)),
        )
    if name == "BillingCurrency":
        told = _("{column} が ISO 4217 の通貨であること").format(column=name)
        yield f"{name}.national", _rule(name, "Validation", told, _call("CheckNationalCurrency", name))


def _formats_of(column: Column) -> tuple[str, ...]:
    if column.name in UNITS:
        return ("FormatUnit",)
    if column.name in CURRENCIES:
        return ("FormatCurrency",)
    if column.kind is Kind.JSON:
        return ("FormatKeyValue",) if column.name in _KEY_VALUE else ("JsonObject",)
    return {Kind.NUMBER: ("FormatNumeric",), Kind.TIME: ("FormatDateTime",)}.get(
        column.kind, ("FormatString",)
    )


def _values_of(column: str) -> tuple[str, ...]:
    if column == "ServiceSubcategory":
        return tuple(name for name, _category in subcategory_pairs())
    return ALLOWED_VALUES.get(column, ())


def _rules_between_columns() -> Iterator[tuple[str, Json, set[str]]]:
    """Yield the rules about several columns of Cost and Usage, with the columns that they need."""
    for start, end in (("BillingPeriodStart", "BillingPeriodEnd"), ("ChargePeriodStart", "ChargePeriodEnd")):
        told = _("{start} が {end} より前であること").format(start=start, end=end)
        check = {"CheckFunction": "CheckBefore", "ColumnAName": start, "ColumnBName": end}
        yield f"{start}.order", _rule(start, "Validation", told, check), {start, end}
    for column, other in (
        ("ConsumedUnit", "ConsumedQuantity"),
        ("PricingUnit", "PricingQuantity"),
        ("CommitmentDiscountUnit", "CommitmentDiscountQuantity"),
        ("CommitmentDiscountCategory", "CommitmentDiscountId"),
        ("CommitmentDiscountType", "CommitmentDiscountId"),
        ("RegionName", "RegionId"),
        ("SubAccountName", "SubAccountId"),
        ("ResourceType", "ResourceId"),
    ):
        told = _("{column} は {other} があるときだけ、必ずあること").format(column=column, other=other)
        both = _any(
            _all(_value(column, None), _value(other, None)),
            _all(_not_value(column, None), _not_value(other, None)),
        )
        yield f"{column}.with", _rule(column, "Nullability", told, both), {column, other}
    for column in ("ListUnitPrice", "ContractedUnitPrice", "PricingQuantity", "SkuId", "SkuPriceId"):
        told = _("税の行では {column} が空であること").format(column=column)
        rule = _rule(
            column,
            "Nullability",
            told,
            _value(column, None),
            condition=_value("ChargeCategory", "Tax"),
        )
        yield f"{column}.tax", rule, {column, "ChargeCategory"}
    yield from _rules_of_amounts()
    yield from _rules_of_services()


def _rules_of_services() -> Iterator[tuple[str, Json, set[str]]]:
    """Yield: a service lies in one category, its subcategory within it; how purchases are charged."""
    told = _("ServiceSubcategory が ServiceCategory に属すること")
    pairs = _any(
        *(_all(_value("ServiceSubcategory", n), _value("ServiceCategory", c)) for n, c in subcategory_pairs())
    )
    yield (
        "ServiceSubcategory.parent",
        _rule("ServiceSubcategory", "Validation", told, pairs),
        {"ServiceSubcategory", "ServiceCategory"},
    )
    told = _("購入の行では ChargeFrequency が Usage-Based でないこと")
    rule = _rule(
        "ChargeFrequency",
        "Validation",
        told,
        _not_value("ChargeFrequency", "Usage-Based"),
        "MUST NOT",
        condition=_value("ChargeCategory", "Purchase"),
    )
    yield "ChargeFrequency.purchase", rule, {"ChargeFrequency", "ChargeCategory"}
    told = _("一つの ServiceName に ServiceCategory が一つであること")
    one = {
        "CheckFunction": "CheckDistinctCount",
        "ColumnAName": "ServiceName",
        "ColumnBName": "ServiceCategory",
        "ExpectedCount": 1,
    }
    yield (
        "ServiceName.category",
        _rule("ServiceName", "Validation", told, one),
        {"ServiceName", "ServiceCategory"},
    )


def _rules_of_amounts() -> Iterator[tuple[str, Json, set[str]]]:
    """Yield: price × quantity is the cost, and usage under a commitment says whether it was used."""
    for cost, price in (("ListCost", "ListUnitPrice"), ("ContractedCost", "ContractedUnitPrice")):
        told = _("{price} × PricingQuantity が {cost} に等しいこと").format(price=price, cost=cost)
        product = {
            "CheckFunction": "ColumnByColumnEqualsColumnValue",
            "ColumnAName": price,
            "ColumnBName": "PricingQuantity",
            "ResultColumnName": cost,
        }
        rule = _rule(cost, "Validation", told, product, condition=_not_value("ChargeClass", "Correction"))
        yield f"{cost}.product", rule, {cost, price, "PricingQuantity", "ChargeClass"}
    told = _("確約割引を受けた利用の行では CommitmentDiscountStatus が空でないこと")
    rule = _rule(
        "CommitmentDiscountStatus",
        "Nullability",
        told,
        _not_value("CommitmentDiscountStatus", None),
        "MUST NOT",
        condition=_all(_not_value("CommitmentDiscountId", None), _value("ChargeCategory", "Usage")),
    )
    needed = {"CommitmentDiscountStatus", "CommitmentDiscountId", "ChargeCategory"}
    yield "CommitmentDiscountStatus.usage", rule, needed


def _rules_of_names() -> Iterator[tuple[str, Json]]:
    """Yield the rules about the names of columns outside the specification."""
    prefixed = {"CheckFunction": "CustomColumnsPrefixed"}
    told = _("FOCUS にない列の名前が x_ で始まること")
    yield "ColumnHandling.prefix", _rule("ColumnHandling", "Validation", told, prefixed)
    last = {"CheckFunction": "CustomColumnsLast"}
    told = _("FOCUS にない列が FOCUS の列より後にあること")
    yield "ColumnHandling.order", _rule("ColumnHandling", "Validation", told, last, "SHOULD")
