"""Runs the named benchmarks (all of them without names) and writes what they found as JSON."""

import argparse
import sys
from importlib import import_module

from benchmarks.results import Results, Skipped

NAMES = (
    "import_cycles",
    "migrate",
    "ledger",
    "list_page",
    "demonstration",
    "indicator_tree",
    "petition",
    "stability",
    "priorities",
    "second_start",
    "lake_import",
    "focus_validation",
    "cost_queries",
    "cost_dashboard",
    "writers",
    "allocation",
    "bridge",
    "cost_forecast",
    "soc_receivers",
    "soc_queue",
    "soc_detection",
    "soc_correlation",
    "soc_retrohunt",
    "search_quality",
    "commons_routing",
    "commons_import",
    "commons_pages",
)


def main(arguments: list[str]) -> int:
    """Measure; return 1 when a benchmark could not be measured, 2 when only a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument(
        "--scale", type=float, default=1.0, help="part of the full amount of data, for a quick look (0.01)"
    )
    given = parser.parse_args(arguments)
    unknown = sorted(set(given.names) - set(NAMES))
    if unknown:
        parser.error(f"unknown: {', '.join(unknown)}; known: {', '.join(NAMES)}")
    results = Results(given.scale)
    for name in given.names or NAMES:
        try:
            for figure in import_module(f"benchmarks.{name}").measure(given.scale):
                results.add(name, figure)
        except Skipped as reason:
            results.skip(name, reason)
        except Exception as error:
            results.fail(name, error)
    print(f"-> {results.write()}")
    return results.status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
