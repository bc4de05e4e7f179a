"""Verbs of the priorities; one per file."""

from yui.governance.priorities.operations.begin_deliberation import begin_deliberation
from yui.governance.priorities.operations.change_criterion import change_criterion
from yui.governance.priorities.operations.close_round import decide, repeat_round
from yui.governance.priorities.operations.make_set import make_set
from yui.governance.priorities.operations.save_option import save_option
from yui.governance.priorities.operations.score_option import score_option
from yui.governance.priorities.operations.set_weights import compare_criteria, set_weights

__all__ = [
    "begin_deliberation",
    "change_criterion",
    "compare_criteria",
    "decide",
    "make_set",
    "repeat_round",
    "save_option",
    "score_option",
    "set_weights",
]
