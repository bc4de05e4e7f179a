"""当番: plans shifts fairly, and finds what is wrong with a plan. Pure: times in, times out."""

from yui.security.soc.engine.rota.checking import Trouble, TroubleKind, gaps_in, troubles_in
from yui.security.soc.engine.rota.duties import Duty, Gap, Person, RotaRules, ShiftHours, slots_between
from yui.security.soc.engine.rota.planning import RotaPlan, plan_rota

__all__ = [
    "Duty",
    "Gap",
    "Person",
    "RotaPlan",
    "RotaRules",
    "ShiftHours",
    "Trouble",
    "TroubleKind",
    "gaps_in",
    "plan_rota",
    "slots_between",
    "troubles_in",
]
