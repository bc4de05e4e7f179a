"""Records of the SOC; one aggregate per file."""

from yui.security.soc.models.alert import Alert, AlertGroup, AlertNote, AlertState, CloseReason
from yui.security.soc.models.detection_rule import (
    DetectionRule,
    RuleActivation,
    RuleCoverage,
    RuleExclusion,
    RuleKind,
    RuleLoad,
    RulePack,
    RuleTrial,
)
from yui.security.soc.models.event_retention import EVERY_CLASS, USUAL_DAYS, EventRetention
from yui.security.soc.models.incident import (
    ENDED_STATES,
    Incident,
    IncidentCategory,
    IncidentMoment,
    IncidentState,
    MomentKind,
    MomentSource,
    Severity,
)
from yui.security.soc.models.incident_evidence import CustodyAct, CustodyEntry, EvidenceFile
from yui.security.soc.models.incident_work import (
    AffectedSystem,
    Duty,
    DutyState,
    IncidentNote,
    IncidentTask,
    PaperDraft,
    PaperFormat,
)
from yui.security.soc.models.joint_alert import JointAlert, JointAlertWard, Sighting
from yui.security.soc.models.levels import Level, Tlp
from yui.security.soc.models.log_sender import (
    LogSender,
    RejectedInput,
    SeenField,
    SenderProof,
    SenderProtocol,
)
from yui.security.soc.models.own_network import OwnNetwork
from yui.security.soc.models.rota import (
    Absence,
    EscalationChannel,
    EscalationStep,
    Handover,
    Notice,
    Shift,
    ShiftKind,
)
from yui.security.soc.models.saved_hunt import (
    LONGEST_HUNT,
    HuntSharing,
    HuntSpan,
    SavedHunt,
    SavedHuntCount,
)
from yui.security.soc.models.scoping import Entrustment, watched_by

__all__ = [
    "ENDED_STATES",
    "EVERY_CLASS",
    "LONGEST_HUNT",
    "USUAL_DAYS",
    "Absence",
    "AffectedSystem",
    "Alert",
    "AlertGroup",
    "AlertNote",
    "AlertState",
    "CloseReason",
    "CustodyAct",
    "CustodyEntry",
    "DetectionRule",
    "Duty",
    "DutyState",
    "Entrustment",
    "EscalationChannel",
    "EscalationStep",
    "EventRetention",
    "EvidenceFile",
    "Handover",
    "HuntSharing",
    "HuntSpan",
    "Incident",
    "IncidentCategory",
    "IncidentMoment",
    "IncidentNote",
    "IncidentState",
    "IncidentTask",
    "JointAlert",
    "JointAlertWard",
    "Level",
    "LogSender",
    "MomentKind",
    "MomentSource",
    "Notice",
    "OwnNetwork",
    "PaperDraft",
    "PaperFormat",
    "RejectedInput",
    "RuleActivation",
    "RuleCoverage",
    "RuleExclusion",
    "RuleKind",
    "RuleLoad",
    "RulePack",
    "RuleTrial",
    "SavedHunt",
    "SavedHuntCount",
    "SeenField",
    "SenderProof",
    "SenderProtocol",
    "Severity",
    "Shift",
    "ShiftKind",
    "Sighting",
    "Tlp",
    "watched_by",
]
