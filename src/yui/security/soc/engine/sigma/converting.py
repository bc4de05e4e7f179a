"""From pySigma's condition tree to ours.

Sources: Sigma specification 2.1, "Detection" and "Condition"; its appendix "Modifiers".
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sigma.conditions import (
    ConditionAND,
    ConditionFieldEqualsValueExpression,
    ConditionNOT,
    ConditionOR,
    ConditionValueExpression,
)
from sigma.types import (
    CompareOperators,
    Placeholder,
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
    SigmaTimestampPart,
    SpecialChars,
)

from yui.security.soc.engine.sigma.nodes import Atom, Node, Op, all_of, any_of, atom, negated
from yui.security.soc.engine.sigma.predicates import predicate
from yui.security.soc.engine.sigma.wildcards import escape

Expansions = Mapping[str, Sequence[str]]

_COMPARED = {
    CompareOperators.LT: Op.LT,
    CompareOperators.LTE: Op.LTE,
    CompareOperators.GT: Op.GT,
    CompareOperators.GTE: Op.GTE,
}
_FLAGS = {
    SigmaRegularExpressionFlag.IGNORECASE: "i",
    SigmaRegularExpressionFlag.MULTILINE: "m",
    SigmaRegularExpressionFlag.DOTALL: "s",
}
_PLACED = {
    (False, False): Op.EQUALS,
    (False, True): Op.STARTSWITH,
    (True, False): Op.ENDSWITH,
    (True, True): Op.CONTAINS,
}
_WILDCARDS = {SpecialChars.WILDCARD_MULTI: "*", SpecialChars.WILDCARD_SINGLE: "?"}


class Inconvertible(ValueError):
    """A rule uses something that cannot be evaluated here; the message says what, in both languages."""


def convert(condition: Any, expand: Expansions) -> Node:
    """Return our tree of a pySigma condition.

    Args:
        condition: a postprocessed condition of pySigma.
        expand: values of the placeholders of ``|expand``.

    Raises:
        Inconvertible: when some part of it cannot be evaluated.
    """
    if condition is None:
        raise Inconvertible("条件が空です / the condition is empty")
    if isinstance(condition, ConditionNOT):
        return negated(convert(condition.args[0], expand))
    if isinstance(condition, ConditionAND):
        return all_of([convert(item, expand) for item in condition.args])
    if isinstance(condition, ConditionOR):
        return any_of([convert(item, expand) for item in condition.args])
    if isinstance(condition, ConditionFieldEqualsValueExpression):
        return _value(condition.field, condition.value, expand)
    if isinstance(condition, ConditionValueExpression):
        return _value(None, condition.value, expand)
    raise Inconvertible(f"知らない条件です / unknown condition: {type(condition).__name__}")


def _value(field: str | None, value: Any, expand: Expansions) -> Node:
    """Return the test of one field (or of any value) with one value of a rule."""
    if isinstance(value, SigmaExpansion):
        return any_of([_value(field, item, expand) for item in value.values])
    if isinstance(value, SigmaString):
        return any_of([_text(field, text) for text in _expanded(value, expand)])
    if isinstance(value, SigmaRegularExpression):
        return any_of([_regex(field, value, text) for text in _expanded(value.regexp, expand)])
    made = _plain(field, value)
    if made.field is None and made.op is not Op.CONTAINS:
        raise Inconvertible(
            f"項目のない値に {made.op.value} は使えません / {made.op.value} needs a field: {made.shown}"
        )
    return _checked(made)


def _plain(field: str | None, value: Any) -> Atom:
    """Return the test with a value that is neither text nor regular expression."""
    match value:
        case SigmaTimestampPart():
            text = str(value.number)
            return atom(field, Op(value.timestamp_part.name.lower()), text, shown=text)
        case SigmaNumber():
            text = str(value.number)
            return atom(field, Op.EQUALS if field is not None else Op.CONTAINS, text.casefold(), shown=text)
        case SigmaBool():
            text = "true" if value.boolean else "false"
            return atom(field, Op.EQUALS if field is not None else Op.CONTAINS, text, shown=text)
        case SigmaNull():
            return atom(field, Op.NULL, "", shown="null")
        case SigmaExists():
            text = "true" if value.exists else "false"
            return atom(field, Op.EXISTS, text, shown=text)
        case SigmaCIDRExpression():
            return atom(field, Op.CIDR, str(value.network), shown=value.cidr)
        case SigmaCompareExpression() if value.op in _COMPARED:
            text = str(value.number.number)
            return atom(field, _COMPARED[value.op], text, shown=text)
        case SigmaFieldReference():
            return atom(field, _reference(value), value.field.casefold(), shown=value.field)
    raise Inconvertible(f"知らない値です / unknown value: {type(value).__name__} {value}")


def _reference(value: SigmaFieldReference) -> Op:
    if value.starts_with and value.ends_with:
        return Op.FIELD_CONTAINS
    if value.starts_with:
        return Op.FIELD_STARTSWITH
    return Op.FIELD_ENDSWITH if value.ends_with else Op.FIELD_EQUALS


def _expanded(value: SigmaString, expand: Expansions) -> list[SigmaString]:
    """Return the texts of a value with its placeholders filled in."""
    missing = [part.name for part in value.s if isinstance(part, Placeholder) and part.name not in expand]
    if missing:
        raise Inconvertible(
            f"プレースホルダー %{missing[0]}% の値がありません。expand に渡してください / "
            f"placeholder %{missing[0]}% has no values: give them with expand"
        )

    def values_of(placeholder: Placeholder) -> Iterator[Any]:
        yield from expand[placeholder.name]

    return list(value.replace_placeholders(values_of))


def _text(field: str | None, value: SigmaString) -> Node:
    """Return the test with a text that may hold wildcards; without a field it may stand anywhere in a
    value.
    """
    cased = isinstance(value, SigmaCasedString)
    many = SpecialChars.WILDCARD_MULTI
    parts = list(value.s)
    opened = field is None or parts[:1] == [many]
    closed = field is None or parts[-1:] == [many]
    while parts[:1] == [many]:
        parts = parts[1:]
    while parts[-1:] == [many]:
        parts = parts[:-1]
    folded = [part if cased or not isinstance(part, str) else part.casefold() for part in parts]
    plain = [part for part in folded if isinstance(part, str)]
    if len(plain) == len(folded):
        shown = "".join(part for part in parts if isinstance(part, str))
        return atom(field, _PLACED[opened, closed], "".join(plain), cased, shown)
    glob = "".join(
        _WILDCARDS[part] if isinstance(part, SpecialChars) else escape(str(part)) for part in folded
    )
    glob = ("*" if opened else "") + glob + ("*" if closed else "")
    return _checked(atom(field, Op.WILDCARD, glob, cased, str(value)))


def _regex(field: str | None, value: SigmaRegularExpression, text: SigmaString) -> Node:
    pattern = str(text.to_plain(regex=True))
    flags = "".join(sorted(_FLAGS[flag] for flag in value.flags))
    return _checked(atom(field, Op.REGEX, f"(?{flags}){pattern}" if flags else pattern, True, pattern))


def _checked(made: Atom) -> Atom:
    """Return the atom if it can be evaluated.

    Raises:
        Inconvertible: when its pattern or number is refused.
    """
    try:
        predicate(made)
    except ValueError as error:
        raise Inconvertible(f"{error}: {made.shown[:200]}") from None
    return made
