"""Writes the newest final petition, and works its evidence out anew."""

import time
from functools import partial
from typing import Any

from benchmarks.inside.indicator_tree import _time
from yui.transition.costs.formats.petition_files import WRITERS
from yui.transition.costs.models import Petition
from yui.transition.costs.queries.petitions import document_of, fresh_document

PAPER = ("pdf", "docx", "xlsx")


def main(runs: str) -> dict[str, Any]:
    """Return what the files and the evidence take."""
    petition = Petition.everything.select_related("organisation").filter(state="final").first()
    if petition is None:
        raise RuntimeError("the demonstration has no final petition")
    document = document_of(petition)
    begun = time.perf_counter()
    sizes = {ending: len(WRITERS[ending](document)) for ending in PAPER}
    first = (time.perf_counter() - begun) * 1000
    return {
        "first": first,
        "files": _time(int(runs), lambda: [WRITERS[ending](document) for ending in PAPER]),
        "each": {ending: _time(int(runs), partial(WRITERS[ending], document))["wall"] for ending in PAPER},
        "evidence": _time(int(runs), lambda: fresh_document(petition)),
        "bytes": sizes,
        "exhibits": len(document.exhibits),
        "numbers": sum(len(exhibit.numbers) for exhibit in document.exhibits),
    }
