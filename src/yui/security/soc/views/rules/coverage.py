"""ATT&CK: which techniques the rules of a ward, or of all wards that the reader may see, look for."""

from collections import Counter
from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.ui.asking import actor_of
from yui.security.soc.queries.rules.coverage import (
    BLIND,
    NONE,
    OFF,
    SEEING,
    TacticColumn,
    TechniqueCell,
    attack_matrix,
    coverage_of,
)
from yui.security.soc.views.rules.access import chosen_ward

TONES = {SEEING: "good", BLIND: "caution", OFF: "quiet", NONE: "none"}
SIGNS = {SEEING: "●", BLIND: "◐", OFF: "○", NONE: ""}


@dataclass(frozen=True)
class ShownCell:
    """One technique as the page draws it, with its place for the arrow keys."""

    cell: TechniqueCell
    url: str
    tone: str
    sign: str
    word: str
    row: int
    column: int


def words() -> dict[str, str]:
    """Return what each state means."""
    return {
        SEEING: _("有効なルールが見ている"),
        BLIND: _("有効だが、項目が来ないか、まだ調べていない"),
        OFF: _("ルールはあるが無効"),
        NONE: _("ルールがない"),
    }


@login_required
@require_safe
def coverage(request: HttpRequest) -> HttpResponse:
    """Show the matrix, and the same as a table."""
    actor = actor_of(request)
    ward, wards = chosen_ward(request)
    asked = [ward] if ward is not None else wards
    known = coverage_of(actor, asked)
    matrix = attack_matrix(actor, asked, known)
    unique = {cell.technique.identifier: cell for column in matrix for cell in column.cells}
    counts = Counter(cell.state for cell in unique.values())
    computed = [found.computed_at for found in known.values()]
    context = {
        "ward": ward,
        "wards": wards,
        "columns": [
            _shown(column, place, ward.code if ward else "all") for place, column in enumerate(matrix)
        ],
        "legend": [(TONES[s], SIGNS[s], word, counts[s]) for s, word in words().items()],
        "finding": _finding(counts, len(unique)),
        "computed_at": min(computed) if len(computed) == len(asked) and computed else None,
        "unknown": len(asked) - len(known),
    }
    return render(request, "soc/rules/coverage.html", context)


def _shown(column: TacticColumn, place: int, ward: str) -> dict[str, object]:
    tactic = column.tactic
    address = reverse("soc:rules")
    cells = [
        ShownCell(
            cell,
            f"{address}?technique={cell.technique.identifier}&ward={ward}",
            TONES[cell.state],
            SIGNS[cell.state],
            words()[cell.state],
            row,
            place,
        )
        for row, cell in enumerate(column.cells)
    ]
    seeing = sum(1 for one in column.cells if one.state == SEEING)
    is_english = (get_language() or "ja").startswith("en")
    name, official = (tactic.english, "") if is_english else (tactic.japanese, tactic.english)
    return {
        "tactic": tactic,
        "name": name,
        "official": official,
        "cells": cells,
        "seeing": seeing,
        "total": len(cells),
    }


def _finding(counts: Counter[str], total: int) -> str:
    return _(
        "%(total)s の技術のうち、%(seeing)s は有効なルールが見ています。"
        "%(blind)s は有効なルールがあっても見えません。"
        "%(off)s はルールを有効にすれば見られます。%(none)s にはルールがありません。"
    ) % {
        "total": total,
        "seeing": counts[SEEING],
        "blind": counts[BLIND],
        "off": counts[OFF],
        "none": counts[NONE],
    }
