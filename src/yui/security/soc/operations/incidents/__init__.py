"""Verbs of incidents, one file each."""

from yui.security.soc.operations.incidents.add_note import add_note
from yui.security.soc.operations.incidents.add_task import add_task
from yui.security.soc.operations.incidents.affect_system import affect_system
from yui.security.soc.operations.incidents.apply_playbook import apply_playbook
from yui.security.soc.operations.incidents.assess_personal_data import assess_personal_data
from yui.security.soc.operations.incidents.assign_commander import assign_commander
from yui.security.soc.operations.incidents.assign_task import assign_task
from yui.security.soc.operations.incidents.close_incident import close_incident
from yui.security.soc.operations.incidents.collect_evidence import collect_evidence
from yui.security.soc.operations.incidents.complete_task import complete_task
from yui.security.soc.operations.incidents.contain_system import contain_system
from yui.security.soc.operations.incidents.declare_incident import declare_incident
from yui.security.soc.operations.incidents.describe_for_reports import describe_for_reports
from yui.security.soc.operations.incidents.describe_incident import describe_incident
from yui.security.soc.operations.incidents.detach_alerts import detach_alerts
from yui.security.soc.operations.incidents.draft_paper import draft_paper
from yui.security.soc.operations.incidents.hand_over_evidence import hand_over_evidence
from yui.security.soc.operations.incidents.judge_false import judge_false
from yui.security.soc.operations.incidents.merge_incident import merge_incident
from yui.security.soc.operations.incidents.open_evidence import open_evidence
from yui.security.soc.operations.incidents.open_from_alerts import open_from_alerts
from yui.security.soc.operations.incidents.open_incident import open_incident
from yui.security.soc.operations.incidents.receive_paper import receive_paper
from yui.security.soc.operations.incidents.record_moment import record_moment
from yui.security.soc.operations.incidents.reopen_incident import reopen_incident
from yui.security.soc.operations.incidents.require_paper import require_paper
from yui.security.soc.operations.incidents.restore_system import restore_system
from yui.security.soc.operations.incidents.revise_moment import revise_moment
from yui.security.soc.operations.incidents.send_paper import send_paper
from yui.security.soc.operations.incidents.set_severity import set_severity
from yui.security.soc.operations.incidents.skip_task import skip_task
from yui.security.soc.operations.incidents.verify_evidence import verify_evidence
from yui.security.soc.operations.incidents.waive_paper import waive_paper
from yui.security.soc.operations.incidents.watch_duties import watch_duties

__all__ = [
    "add_note",
    "add_task",
    "affect_system",
    "apply_playbook",
    "assess_personal_data",
    "assign_commander",
    "assign_task",
    "close_incident",
    "collect_evidence",
    "complete_task",
    "contain_system",
    "declare_incident",
    "describe_for_reports",
    "describe_incident",
    "detach_alerts",
    "draft_paper",
    "hand_over_evidence",
    "judge_false",
    "merge_incident",
    "open_evidence",
    "open_from_alerts",
    "open_incident",
    "receive_paper",
    "record_moment",
    "reopen_incident",
    "require_paper",
    "restore_system",
    "revise_moment",
    "send_paper",
    "set_severity",
    "skip_task",
    "verify_evidence",
    "waive_paper",
    "watch_duties",
]
