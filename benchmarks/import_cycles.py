"""Import cycles between neighbouring packages, at any depth."""

import grimp

from benchmarks.results import Figure


def packages_with_cycles(name: str) -> tuple[list[str], int]:
    """Return the packages whose direct children import each other in a circle, and the number of modules."""
    graph = grimp.build_graph(name)
    parents = sorted(module for module in graph.modules if graph.find_children(module))
    return [parent for parent in parents if graph.nominate_cycle_breakers(parent)], len(graph.modules)


def measure(scale: float) -> list[Figure]:
    """Count the packages of Yui that hold a cycle, beside Django's."""
    ours, modules = packages_with_cycles("yui")
    django, their_modules = packages_with_cycles("django")
    detail = {"packages": ours, "modules": modules, "django_modules": their_modules}
    return [
        Figure(
            "packages with an import cycle", len(ours), "packages", len(django), "django", 0, detail=detail
        )
    ]
