"""ロジックモデル: what a pillar's challenges, initiatives and indicators have to do with each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from yui.governance.challenges.engine.columns import Column, is_forward
from yui.governance.challenges.engine.gaps import Arrow as EngineArrow
from yui.governance.challenges.engine.gaps import GapKind, Part, holes
from yui.governance.challenges.models import Challenge, ChallengeState, Initiative, Link, Strength
from yui.governance.challenges.queries.indicators import column_of_indicator, indicators_of
from yui.governance.challenges.queries.records import challenges_for, initiatives_for, links_for
from yui.governance.indicators.public import IndicatorRow, PillarRows, pillar_rows
from yui.kernel.calendar_jp import Month
from yui.kernel.policy import Actor


@dataclass(frozen=True)
class Node:
    """One box. ``status`` is a code of the component kit; texts are empty where they say nothing.

    ``key`` names it within the model; ``record`` is the challenge or initiative, ``row`` the indicator.
    """

    key: str
    column: Column
    title: str
    url: str
    value_text: str = ""
    target_text: str = ""
    status: str = ""
    status_text: str = ""
    is_founded: bool = True
    has_data: bool = True
    record: Challenge | Initiative | None = None
    row: IndicatorRow | None = None


@dataclass(frozen=True)
class Arrow:
    """One arrow between two boxes, with the record that says why."""

    source: Node
    target: Node
    link: Link

    @property
    def strength(self) -> Strength:
        """On what it stands."""
        return Strength(self.link.strength)


@dataclass(frozen=True)
class Gap:
    """Something missing: at a box, or in an arrow."""

    kind: GapKind
    node: Node | None = None
    arrow: Arrow | None = None


@dataclass(frozen=True)
class LogicModel:
    """The logic model of one pillar in one month; nodes stand by column."""

    pillar: int
    mark: str
    title: str
    month: Month
    nodes: tuple[Node, ...]
    arrows: tuple[Arrow, ...]
    gaps: tuple[Gap, ...]

    @property
    def columns(self) -> tuple[tuple[Column, tuple[Node, ...]], ...]:
        """Every column with its boxes, empty ones too."""
        return tuple(
            (column, tuple(node for node in self.nodes if node.column is column)) for column in Column
        )

    def arrows_from(self, key: str) -> tuple[Arrow, ...]:
        """Return the arrows that begin at a box."""
        return tuple(arrow for arrow in self.arrows if arrow.source.key == key)

    def node(self, key: str) -> Node | None:
        """Return a box by its key."""
        return next((node for node in self.nodes if node.key == key), None)


def key_of(record: Challenge | Initiative) -> str:
    """Return the key of a challenge's or an initiative's box."""
    return f"{'c' if isinstance(record, Challenge) else 'i'}{record.pk}"


def logic_model(actor: Actor, pillar: int, month: Month | None = None) -> LogicModel:
    """Return the logic model of one pillar (1 to 3), as ``logic_models`` does."""
    return logic_models(actor, (pillar,), month)[0]


def logic_models(actor: Actor, pillars: Iterable[int], month: Month | None = None) -> list[LogicModel]:
    """Return the logic models of pillars for a month, the newest with stored figures by default.

    A challenge that is gone is left out, and what the actor may not see, with its arrows. Where several
    organisations drew the same arrow, the one on the strongest evidence counts. Four queries, five without
    a month, however many pillars.

    Raises:
        KeyError: for a pillar that does not exist.
    """
    rows = {each.number: each for each in pillar_rows(actor, month)}
    challenges = list(challenges_for(actor).exclude(state=ChallengeState.CLOSED))
    initiatives, links = list(initiatives_for(actor)), list(links_for(actor))
    models = []
    for pillar in pillars:
        nodes = [
            *(_of_challenge(each) for each in challenges if pillar in each.pillars),
            *(_of_initiative(each) for each in initiatives if each.pillar == pillar),
            *_of_indicators(pillar, {row.code: row for row in rows[pillar].rows}),
        ]
        models.append(_model(rows[pillar], nodes, links))
    return models


def _model(rows: PillarRows, nodes: list[Node], links: list[Link]) -> LogicModel:
    """Return a model of its boxes, with the arrows between them and what is missing."""
    arrows = _arrows(links, {node.key: node for node in nodes})
    month = next(row.month for row in rows.rows)
    gaps = _gaps(nodes, arrows)
    return LogicModel(rows.number, rows.mark, rows.title, month, tuple(nodes), tuple(arrows), gaps)


def _of_challenge(each: Challenge) -> Node:
    return Node(
        key_of(each),
        Column.CHALLENGE,
        each.name,
        each.get_absolute_url(),
        status_text="" if each.is_open else str(each.get_state_display()),
        is_founded=bool(each.evidence_count),  # type: ignore[attr-defined]
        record=each,
    )


def _of_initiative(each: Initiative) -> Node:
    return Node(key_of(each), Column.INITIATIVE, each.name, each.get_absolute_url(), record=each)


def _of_indicators(pillar: int, rows: Mapping[str, IndicatorRow]) -> Iterable[Node]:
    """Yield the boxes of the indicators, by column."""
    for indicator in indicators_of(pillar):
        row = rows[indicator.code]
        yield Node(
            indicator.code,
            column_of_indicator(indicator),
            indicator.title,
            row.url,
            row.value_text,
            row.target_text,
            row.status,
            row.status_text,
            has_data=row.value is not None,
            row=row,
        )


def _arrows(links: Iterable[Link], nodes: Mapping[str, Node]) -> list[Arrow]:
    """Return the arrows of which both ends are boxes, each pair once, in the order of the boxes."""
    strongest: dict[tuple[str, str], Arrow] = {}
    for link in links:
        source = nodes.get(
            f"c{link.challenge_id}" if link.challenge_id else link.source or f"i{link.initiative_id}"
        )
        target = nodes.get(link.target or f"i{link.initiative_id}")
        if source is None or target is None or not is_forward(source.column, target.column):
            continue
        known = strongest.get((source.key, target.key))
        if known is None or Strength(link.strength).weight > known.strength.weight:
            strongest[source.key, target.key] = Arrow(source, target, link)
    places = {key: place for place, key in enumerate(nodes)}
    return sorted(strongest.values(), key=lambda each: (places[each.source.key], places[each.target.key]))


def _gaps(nodes: list[Node], arrows: list[Arrow]) -> tuple[Gap, ...]:
    """Return what is missing, with the boxes and arrows themselves."""
    by_key = {node.key: node for node in nodes}
    parts = [Part(node.key, node.column, node.is_founded, node.has_data) for node in nodes]
    lines = [EngineArrow(each.source.key, each.target.key, each.strength.weight) for each in arrows]
    return tuple(
        Gap(hole.kind, by_key.get(hole.part), arrows[hole.arrow] if hole.arrow >= 0 else None)
        for hole in holes(parts, lines)
    )
