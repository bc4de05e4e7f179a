"""Verbs of alerts."""

from yui.security.soc.operations.alerts.advise_wards import advise_wards
from yui.security.soc.operations.alerts.assign_alerts import assign_alerts
from yui.security.soc.operations.alerts.attach_alerts import attach_alerts
from yui.security.soc.operations.alerts.close_alerts import close_alerts
from yui.security.soc.operations.alerts.close_joint_alert import close_joint_alert
from yui.security.soc.operations.alerts.comment_alert import comment_alert
from yui.security.soc.operations.alerts.raise_alerts import RaisedAlerts, raise_alerts
from yui.security.soc.operations.alerts.raise_joint_alert import raise_joint_alert
from yui.security.soc.operations.alerts.release_alert import release_alert
from yui.security.soc.operations.alerts.reopen_alerts import reopen_alerts
from yui.security.soc.operations.alerts.take_alerts import take_alerts
from yui.security.soc.operations.alerts.take_joint_alert import take_joint_alert

__all__ = [
    "RaisedAlerts",
    "advise_wards",
    "assign_alerts",
    "attach_alerts",
    "close_alerts",
    "close_joint_alert",
    "comment_alert",
    "raise_alerts",
    "raise_joint_alert",
    "release_alert",
    "reopen_alerts",
    "take_alerts",
    "take_joint_alert",
]
