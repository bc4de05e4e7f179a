"""A view as plain data: the same for the API and the command line."""

from typing import Any

from yui.governance.overview.panels.parts import View
from yui.governance.overview.queries.question import Question


def as_dict(question: Question, view: View) -> dict[str, Any]:
    """Return a view with the month and the ward that were asked for."""
    return {
        "code": view.code,
        "title": view.title,
        "month": str(question.month),
        "ward": question.ward_code or "",
        "panels": [panel.as_dict() for panel in view.panels],
    }
