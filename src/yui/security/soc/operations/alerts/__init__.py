"""Verbs of alerts."""

from yui.security.soc.operations.alerts.assign_alerts import assign_alerts
from yui.security.soc.operations.alerts.attach_alerts import attach_alerts
from yui.security.soc.operations.alerts.close_alerts import close_alerts
from yui.security.soc.operations.alerts.comment_alert import comment_alert
from yui.security.soc.operations.alerts.raise_alerts import RaisedAlerts, raise_alerts
from yui.security.soc.operations.alerts.release_alert import release_alert
from yui.security.soc.operations.alerts.reopen_alerts import reopen_alerts
from yui.security.soc.operations.alerts.take_alerts import take_alerts

__all__ = [
    "RaisedAlerts",
    "assign_alerts",
    "attach_alerts",
    "close_alerts",
    "comment_alert",
    "raise_alerts",
    "release_alert",
    "reopen_alerts",
    "take_alerts",
]
