"""A logic model, challenges and initiatives as programs read them: for the API and the command line."""

from typing import Any

from yui.governance.challenges.models import Challenge
from yui.governance.challenges.queries.logic_model import LogicModel, Node


def challenge_row(each: Challenge) -> dict[str, Any]:
    """Return a challenge as plain values."""
    return {
        "id": each.pk,
        "code": each.code,
        "title": each.title,
        "whose": each.whose,
        "pillars": list(each.pillars),
        "statement": each.statement,
        "harm_if_left": each.harm_if_left,
        "state": each.state,
        "evidence": each.evidence_count,  # type: ignore[attr-defined]
        "is_quoted": each.is_quoted,
        "organisation": each.organisation.code,
    }


def model_rows(model: LogicModel) -> dict[str, Any]:
    """Return a logic model as plain values; boxes are named by the keys that arrows and gaps use."""
    return {
        "pillar": model.pillar,
        "title": model.title,
        "month": str(model.month),
        "nodes": [_node(node) for node in model.nodes],
        "arrows": [
            {
                "id": each.link.pk,
                "source": each.source.key,
                "target": each.target.key,
                "kind": each.link.kind,
                "strength": each.link.strength,
                "assumption": each.link.assumption,
                "basis": each.link.basis,
                "is_quoted": each.link.is_quoted,
            }
            for each in model.arrows
        ],
        "gaps": [
            {
                "kind": gap.kind.value,
                "node": gap.node.key if gap.node else None,
                "arrow": gap.arrow.link.pk if gap.arrow else None,
            }
            for gap in model.gaps
        ],
    }


def _node(node: Node) -> dict[str, Any]:
    value = node.row.value if node.row else None
    return {
        "key": node.key,
        "column": node.column.name.lower(),
        "title": node.title,
        "value": None if value is None else float(value),
        "unit": node.row.unit if node.row else "",
        "target": node.target_text,
        "status": node.status,
    }
