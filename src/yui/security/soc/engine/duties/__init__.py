"""Which papers an incident needs, to whom and by when: facts in, duties out; no Django, no database."""

from yui.security.soc.engine.duties.deadlines import final_report_due, preliminary_report_days
from yui.security.soc.engine.duties.facts import DutyCase, DutyCode, DutyFact, Nature, Words
from yui.security.soc.engine.duties.personal_data import reporting_reasons
from yui.security.soc.engine.duties.rules import duties_of
from yui.security.soc.engine.duties.titles import AUTHORITIES, TITLES

__all__ = [
    "AUTHORITIES",
    "TITLES",
    "DutyCase",
    "DutyCode",
    "DutyFact",
    "Nature",
    "Words",
    "duties_of",
    "final_report_due",
    "preliminary_report_days",
    "reporting_reasons",
]
