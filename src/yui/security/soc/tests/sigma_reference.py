"""A second, slow reading of the Sigma specification, over pySigma's own tree: no atoms, no memory, no
automaton.

It shares nothing with the engine, so that both being wrong in the same way is unlikely.
"""

import fnmatch
import ipaddress
import re
from typing import Any

import yaml
from sigma.conditions import (
    ConditionAND,
    ConditionFieldEqualsValueExpression,
    ConditionNOT,
    ConditionOR,
    ConditionValueExpression,
)
from sigma.rule import SigmaDetections
from sigma.types import (
    CompareOperators,
    SigmaBool,
    SigmaCasedString,
    SigmaCIDRExpression,
    SigmaCompareExpression,
    SigmaExists,
    SigmaExpansion,
    SigmaFieldReference,
    SigmaNull,
    SigmaNumber,
    SigmaRegularExpression,
    SigmaRegularExpressionFlag,
    SigmaString,
    SpecialChars,
)

_FLAGS = {
    SigmaRegularExpressionFlag.IGNORECASE: re.IGNORECASE,
    SigmaRegularExpressionFlag.MULTILINE: re.MULTILINE,
    SigmaRegularExpressionFlag.DOTALL: re.DOTALL,
}


def conditions_of(text: str) -> list[Any]:
    """The parsed conditions of a rule's YAML."""
    detections = SigmaDetections.from_dict(yaml.safe_load(text)["detection"])
    return [condition.parsed for condition in detections.parsed_condition]


def says(conditions: list[Any], fields: dict[str, Any]) -> bool:
    """Whether the detection of a rule holds for an event; alternatives are several conditions."""
    return any(_holds(condition, fields) for condition in conditions)


def _holds(node: Any, fields: dict[str, Any]) -> bool:
    if isinstance(node, ConditionNOT):
        return not _holds(node.args[0], fields)
    if isinstance(node, ConditionAND):
        return all(_holds(item, fields) for item in node.args)
    if isinstance(node, ConditionOR):
        return any(_holds(item, fields) for item in node.args)
    if isinstance(node, ConditionFieldEqualsValueExpression):
        return _field(node.field, node.value, fields)
    assert isinstance(node, ConditionValueExpression)
    return any(_keyword(node.value, text) for value in fields.values() for text in _texts(value))


def _values(name: str, fields: dict[str, Any]) -> list[Any] | None:
    found = [value for key, value in fields.items() if key.casefold() == name.casefold()]
    return found or None


def _field(name: str, value: Any, fields: dict[str, Any]) -> bool:
    if isinstance(value, SigmaExpansion):
        return any(_field(name, item, fields) for item in value.values)
    found = _values(name, fields)
    if isinstance(value, SigmaExists):
        return (found is not None) == value.exists
    if isinstance(value, SigmaNull):
        return found is None or all(text == "" for one in found for text in _texts(one))
    if found is None:
        return False
    texts = [text for one in found for text in _texts(one)]
    if isinstance(value, SigmaFieldReference):
        others = [text for one in _values(value.field, fields) or [] for text in _texts(one)]
        return any(_reference(value, text.casefold(), other.casefold()) for text in texts for other in others)
    return any(_text(value, text) for text in texts)


def _texts(value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, float) and value.is_integer():
        return [str(int(value))]
    return [str(value)]


def _text(value: Any, text: str) -> bool:
    if isinstance(value, SigmaString):
        cased = isinstance(value, SigmaCasedString)
        pattern = _glob(value, cased)
        return fnmatch.fnmatchcase(text if cased else text.casefold(), pattern)
    if isinstance(value, SigmaRegularExpression):
        flags = 0
        for flag in value.flags:
            flags |= _FLAGS[flag]
        return re.search(str(value.regexp), text, flags) is not None
    if isinstance(value, SigmaCIDRExpression):
        try:
            return ipaddress.ip_address(text) in value.network
        except ValueError:
            return False
    if isinstance(value, SigmaCompareExpression):
        return _compared(value, text)
    if isinstance(value, SigmaBool):
        return text.casefold() == str(value.boolean).lower()
    assert isinstance(value, SigmaNumber)
    return text.casefold() == str(value.number).casefold()


def _glob(value: SigmaString, cased: bool) -> str:
    written = ""
    for part in value.s:
        if part is SpecialChars.WILDCARD_MULTI:
            written += "*"
        elif part is SpecialChars.WILDCARD_SINGLE:
            written += "?"
        else:
            plain = str(part) if cased else str(part).casefold()
            written += re.sub(r"([*?\[])", r"[\1]", plain)
    return written


def _compared(value: SigmaCompareExpression, text: str) -> bool:
    try:
        number = float(text)
    except ValueError:
        return False
    limit = value.number.number
    return {
        CompareOperators.LT: number < limit,
        CompareOperators.LTE: number <= limit,
        CompareOperators.GT: number > limit,
        CompareOperators.GTE: number >= limit,
    }[value.op]


def _reference(value: SigmaFieldReference, text: str, other: str) -> bool:
    if value.starts_with and value.ends_with:
        return other in text
    if value.starts_with:
        return text.startswith(other)
    return text.endswith(other) if value.ends_with else text == other


def _keyword(value: Any, text: str) -> bool:
    if isinstance(value, SigmaExpansion):
        return any(_keyword(item, text) for item in value.values)
    if isinstance(value, SigmaString):
        cased = isinstance(value, SigmaCasedString)
        return fnmatch.fnmatchcase(text if cased else text.casefold(), f"*{_glob(value, cased)}*")
    if isinstance(value, SigmaNumber | SigmaBool):
        return str(getattr(value, "number", getattr(value, "boolean", ""))).casefold() in text.casefold()
    return _text(value, text)
