"""One correlation document through pySigma to a draft: everything but what its references point to."""

from dataclasses import dataclass
from typing import Any

from sigma.correlations import (
    CorrelationConditionAND,
    CorrelationConditionNOT,
    CorrelationConditionOR,
    SigmaCorrelationRule,
    SigmaExtendedCorrelationCondition,
    SigmaRuleReference,
)

from yui.security.soc.engine.correlation.documents import CorrelationNotRead, Document
from yui.security.soc.engine.correlation.expressions import (
    ConditionTooWide,
    Expression,
    all_of,
    any_of,
    negation,
    reference,
)
from yui.security.soc.engine.correlation.rules import (
    NUMERIC_TYPES,
    TEMPORAL_TYPES,
    Bound,
    CorrelationType,
    Number,
    Operator,
)
from yui.security.soc.engine.correlation.values import number

LONGEST_TIMESPAN_US = 366 * 86_400 * 1_000_000
MOST_REFERENCES = 64
MOST_COUNTED = 100_000
COUNTING_TYPES = frozenset({CorrelationType.EVENT_COUNT, CorrelationType.VALUE_COUNT})


@dataclass(frozen=True)
class Draft:
    """A correlation rule whose references are still names."""

    document: Document
    sigma: SigmaCorrelationRule
    type: CorrelationType
    references: tuple[str, ...]
    timespan_us: int
    bounds: tuple[Bound, ...]
    expression: Expression | None
    value_fields: tuple[str, ...]
    percentile: Number
    aliases: dict[str, dict[str, str]]


def draft_of(document: Document) -> Draft:
    """Return the draft of a document.

    Raises:
        CorrelationNotRead: with the reason, when the document is no rule that can run.
    """
    if document.problem:
        raise CorrelationNotRead(document.problem)
    part = document.content["correlation"]
    several = _bounds(part.get("condition"), part.get("type")) if isinstance(part, dict) else ()
    sigma = _through_pysigma(document, several)
    kind = CorrelationType(sigma.type.name.lower())
    references = _references(sigma)
    expression = _expression(sigma, references)
    bounds = () if expression else several or (Bound(Operator.GTE, len(references)),)
    if kind in TEMPORAL_TYPES:
        _refuse_impossible(bounds, len(references))
    return Draft(
        document=document,
        sigma=sigma,
        type=kind,
        references=references,
        timespan_us=_timespan_us(sigma),
        bounds=bounds,
        expression=expression,
        value_fields=_value_fields(kind, sigma),
        percentile=_percentile(kind, part),
        aliases={
            str(alias): {str(rule): str(name) for rule, name in fields.items()}
            for alias, fields in sigma.aliases.to_dict().items()
        },
    )


def _through_pysigma(document: Document, several: tuple[Bound, ...]) -> SigmaCorrelationRule:
    """Let pySigma check the document; a range (two criteria) is shown to it as one criterion."""
    content = document.content
    if len(several) > 1:
        part = content["correlation"]
        condition = {
            key: value
            for key, value in part["condition"].items()
            if key not in set(Operator) - {several[0].operator}
        }
        content = {**content, "correlation": {**part, "condition": condition}}
    try:
        rule = SigmaCorrelationRule.from_dict(content, collect_errors=True)
    except Exception as error:
        # pySigma answers some malformed documents with TypeError, AttributeError or RecursionError.
        raise _refused(error) from error
    if rule.errors:
        raise _refused(rule.errors[0])
    return rule


def _refused(error: Exception) -> CorrelationNotRead:
    reason = str(error)[:300] or type(error).__name__
    return CorrelationNotRead(
        f"相関ルールとして読めません({reason})。Sigmaの仕様に合わせて直してください。 "
        f"Not a correlation rule ({reason}): correct it by the Sigma specification."
    )


def _bounds(condition: Any, kind: Any) -> tuple[Bound, ...]:
    """Return the criteria of a condition; the specification joins several by AND to make a range."""
    if not isinstance(condition, dict):
        return ()
    bounds = []
    for one in Operator:
        if one.value not in condition:
            continue
        limit = number(condition[one.value])
        if limit is None:
            raise CorrelationNotRead(
                f"条件 {one.value} の値「{str(condition[one.value])[:80]}」は数ではありません。 "
                f"The condition {one.value} has no number: {str(condition[one.value])[:80]!r}."
            )
        if limit > MOST_COUNTED and str(kind) in COUNTING_TYPES:
            raise CorrelationNotRead(
                f"{MOST_COUNTED:,} 件を超える数は数えません。 A count above {MOST_COUNTED:,} is not followed."
            )
        bounds.append(Bound(one, limit))
    return tuple(bounds)


def _refuse_impossible(bounds: tuple[Bound, ...], references: int) -> None:
    """Refuse a temporal condition that asks for more rules than are named."""
    if not all(any(bound.holds(seen) for seen in range(1, references + 1)) for bound in bounds):
        raise CorrelationNotRead(
            f"ルールは {references} 件なので、この条件は決して成り立ちません。 "
            f"With {references} rules the condition can never hold: correct its number."
        )


def _references(sigma: SigmaCorrelationRule) -> tuple[str, ...]:
    """Return the names of the rules read, in order."""
    if sigma.rules is not None:
        names = tuple(str(one.reference) for one in sigma.rules)
    else:
        names = tuple(_written(sigma).get_referenced_rules())
    if not names:
        raise CorrelationNotRead(
            "rules に参照するルールがありません。 There is no rule in `rules`: name at least one."
        )
    if len(set(names)) < len(names) or len(names) > MOST_REFERENCES:
        raise CorrelationNotRead(
            f"rules に同じルールが重複しているか、{MOST_REFERENCES} 件を超えています。 "
            f"`rules` names a rule twice or more than {MOST_REFERENCES} rules: name each once."
        )
    return names


def _expression(sigma: SigmaCorrelationRule, references: tuple[str, ...]) -> Expression | None:
    """Return the boolean condition, None for a numeric one."""
    if not isinstance(sigma.condition, SigmaExtendedCorrelationCondition):
        return None
    places = {name: place for place, name in enumerate(references)}
    try:
        expression = _converted(sigma.condition.parsed, places)
    except (ConditionTooWide, RecursionError) as error:
        raise CorrelationNotRead(str(error)) from error
    wanted = frozenset().union(*(term.present for term in expression.terms))
    open_ended = any(not term.present for term in expression.terms)
    if not expression.terms or (not wanted and open_ended and len(references) == _absent(expression)):
        raise CorrelationNotRead("この条件は決して成り立ちません。 The condition can never hold: correct it.")
    return expression


def _written(sigma: SigmaCorrelationRule) -> SigmaExtendedCorrelationCondition:
    """Return the boolean condition that pySigma requires where there is no list of rules."""
    if isinstance(sigma.condition, SigmaExtendedCorrelationCondition):
        return sigma.condition
    raise CorrelationNotRead(
        "rules がありません。 There is no `rules` list: name the rules that the correlation reads."
    )


def _absent(expression: Expression) -> int:
    """Return how many references every alternative forbids."""
    return len(frozenset.intersection(*(term.absent for term in expression.terms)))


def _converted(node: Any, places: dict[str, int]) -> Expression:
    """Return pySigma's parse tree as an expression over positions."""
    if isinstance(node, SigmaRuleReference):
        return reference(places[node.reference])
    parts = [_converted(one, places) for one in node.args]
    if isinstance(node, CorrelationConditionNOT):
        return negation(parts[0])
    if isinstance(node, CorrelationConditionAND):
        return all_of(parts)
    if isinstance(node, CorrelationConditionOR):
        return any_of(parts)
    raise CorrelationNotRead(
        f"条件の演算 {type(node).__name__} は扱えません。 "
        f"The condition uses {type(node).__name__}, which is not supported."
    )


def _timespan_us(sigma: SigmaCorrelationRule) -> int:
    microseconds = sigma.timespan.seconds * 1_000_000
    if microseconds > LONGEST_TIMESPAN_US:
        raise CorrelationNotRead(
            f"timespan {sigma.timespan.spec[:40]} は366日を超えます。 "
            f"The timespan {sigma.timespan.spec[:40]} is longer than 366 days: shorten it."
        )
    return int(microseconds)


def _value_fields(kind: CorrelationType, sigma: SigmaCorrelationRule) -> tuple[str, ...]:
    """Return the fields measured; empty for types that only look at events."""
    if kind in TEMPORAL_TYPES or kind is CorrelationType.EVENT_COUNT:
        return ()
    given = getattr(sigma.condition, "fieldref", None)
    names = tuple(str(one) for one in given) if isinstance(given, list) else (str(given),)
    if not names or (kind in NUMERIC_TYPES and len(names) > 1):
        raise CorrelationNotRead(
            f"{kind.value} の field は1つだけ指定してください。 {kind.value} takes exactly one field."
        )
    return names


def _percentile(kind: CorrelationType, part: dict[str, Any]) -> Number:
    """Return which percentile is meant; the median is the 50th."""
    if kind is not CorrelationType.VALUE_PERCENTILE:
        return 50
    given = number(part["condition"].get("percentile"))
    if given is None or not 0 <= given <= 100:
        raise CorrelationNotRead(
            "value_percentile には percentile(0〜100)が要ります。 "
            "value_percentile needs `percentile`, a number from 0 to 100, in its condition."
        )
    return given
