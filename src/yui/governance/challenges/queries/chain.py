"""What a challenge or an initiative leads to: the initiatives and indicators behind its arrows."""

from dataclasses import dataclass

from yui.governance.challenges.engine.columns import Column
from yui.governance.challenges.queries.logic_model import Arrow, LogicModel, Node, logic_models
from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor


@dataclass(frozen=True)
class Chain:
    """The part of one pillar's logic model that begins at a box."""

    model: LogicModel
    answers: tuple[Arrow, ...]
    nodes: tuple[Node, ...]

    @property
    def initiatives(self) -> tuple[Node, ...]:
        """The initiatives of the chain."""
        return tuple(node for node in self.nodes if node.column is Column.INITIATIVE)

    @property
    def indicators(self) -> tuple[Node, ...]:
        """The indicators of the chain, what is wanted in the end first: KGI, KSI, KPI."""
        found = [node for node in self.nodes if node.row is not None]
        return tuple(sorted(found, key=lambda node: -node.column))


def chain_from(model: LogicModel, key: str) -> Chain:
    """Return what can be reached from a box of a logic model, the box itself left out."""
    reached = {key}
    # Arrows only lead on, and stand in the order of the boxes: one pass reaches everything.
    for arrow in model.arrows:
        if arrow.source.key in reached:
            reached.add(arrow.target.key)
    nodes = tuple(node for node in model.nodes if node.key in reached and node.key != key)
    return Chain(model, model.arrows_from(key), nodes)


def chains_of(actor: Actor, pillars: tuple[int, ...], key: str, month: Month | None = None) -> list[Chain]:
    """Return the chain from a box in each of several pillars."""
    return [chain_from(model, key) for model in logic_models(actor, pillars, month)]
