"""What rooms have to say about a month: what changed and why, what is at risk, what must be decided."""

from yui.kernel.explanations.registry import (
    DuplicateExplainer,
    Explainer,
    Said,
    Statement,
    Topic,
    ask_rooms,
    explainer,
    explainers,
)

__all__ = [
    "DuplicateExplainer",
    "Explainer",
    "Said",
    "Statement",
    "Topic",
    "ask_rooms",
    "explainer",
    "explainers",
]
