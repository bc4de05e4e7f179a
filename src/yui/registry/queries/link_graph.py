"""The graph of data links: a whole organisation's, or the neighbourhood of one system."""

from collections import defaultdict
from dataclasses import dataclass

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.registry.models import DataLink, InformationSystem


@dataclass(frozen=True)
class LinkGraph:
    """Systems and the links between them; ``distance`` counts steps from the system in the middle."""

    systems: tuple[InformationSystem, ...]
    links: tuple[DataLink, ...]
    distance: dict[int, int]


def links_for(actor: Actor, organisation: Organisation) -> list[DataLink]:
    """Return the organisation's links both of whose ends ``actor`` may see."""
    links = DataLink.objects.visible_to(actor).filter(source__organisation=organisation)
    return list(
        links.select_related("source__organisation", "target__organisation").order_by(
            "source__code", "target__code", "medium", "data"
        )
    )


def whole_graph(actor: Actor, organisation: Organisation) -> LinkGraph:
    """Return every link of the organisation and the systems that it joins."""
    links = links_for(actor, organisation)
    systems = {end.pk: end for link in links for end in (link.source, link.target)}
    ordered = tuple(sorted(systems.values(), key=lambda system: system.code))
    return LinkGraph(ordered, tuple(links), {})


def neighbourhood(actor: Actor, centre: InformationSystem, depth: int) -> LinkGraph:
    """Return the systems within ``depth`` links of ``centre``, either way, and the links among them."""
    links = links_for(actor, centre.organisation)
    neighbours: dict[int, set[int]] = defaultdict(set)
    systems = {centre.pk: centre}
    for link in links:
        neighbours[link.source_id].add(link.target_id)
        neighbours[link.target_id].add(link.source_id)
        systems.setdefault(link.source_id, link.source)
        systems.setdefault(link.target_id, link.target)
    distance = {centre.pk: 0}
    edge = [centre.pk]
    for step in range(1, depth + 1):
        edge = sorted({other for key in edge for other in neighbours[key]} - distance.keys())
        distance |= dict.fromkeys(edge, step)
    inside = tuple(link for link in links if link.source_id in distance and link.target_id in distance)
    ordered = sorted(
        (systems[key] for key in distance), key=lambda system: (distance[system.pk], system.code)
    )
    return LinkGraph(tuple(ordered), inside, distance)
