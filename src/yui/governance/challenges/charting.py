"""The drawing of a logic model."""

from django.utils.translation import gettext as _

from yui.governance.challenges.engine.columns import Column
from yui.governance.challenges.queries.logic_model import LogicModel, Node
from yui.governance.challenges.words import column_text, finding, model_title, state_text, strength_texts
from yui.kernel.charts import FlowEdge, FlowNode, LayeredFlow
from yui.kernel.charts.engine.layered_flow import fits_in_note

INKS = {"achieved": "good", "on_track": "plain", "attention": "caution", "late": "bad"}
"""The ink of a state; any other is muted."""
OF_COLUMN = {Column.CHALLENGE: "marked", Column.INITIATIVE: "plain"}


def model_chart(model: LogicModel, *, download_url: str = "") -> LayeredFlow:
    """Return the drawing of a logic model; a box at which something is missing has a broken border."""
    loose = {gap.node.key for gap in model.gaps if gap.node is not None}
    return LayeredFlow(
        title=f"{model_title(model)} · {model.month.label}",
        finding=finding(model),
        download_url=download_url,
        columns=tuple(column_text(column) for column in Column),
        nodes=tuple(_box(node, is_loose=node.key in loose) for node in model.nodes),
        edges=tuple(
            FlowEdge(each.source.key, each.target.key, each.strength.weight, each.link.assumption)
            for each in model.arrows
        ),
        weights=strength_texts(),
        weight_label=_("根拠の強さ"),
        name_label=_("なぜそうなるか"),
    )


def _note(target: str) -> str:
    """Return the target behind its word, or alone where both are too wide for a box."""
    whole = f"{_('目標')} {target}" if target else ""
    return whole if fits_in_note(whole) else target


def _box(node: Node, *, is_loose: bool) -> FlowNode:
    """Return a box; without data it says so once, as its state."""
    return FlowNode(
        node.key,
        int(node.column),
        node.title,
        value=node.value_text if node.has_data else "",
        state=state_text(node.status, node.status_text),
        note=_note(node.target_text),
        url=node.url,
        ink=OF_COLUMN.get(node.column) or INKS.get(node.status, "muted"),
        is_loose=is_loose,
    )
