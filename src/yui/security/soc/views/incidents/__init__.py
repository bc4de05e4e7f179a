"""Pages of the SOC's incidents."""

from django.urls import path
from django.urls.resolvers import URLPattern

from yui.security.soc.views.incidents.alerts import incident_alerts
from yui.security.soc.views.incidents.describing import commander, edit, personal_data, report_facts, severity
from yui.security.soc.views.incidents.endings import end
from yui.security.soc.views.incidents.evidence import (
    evidence,
    evidence_check,
    evidence_file,
    evidence_hand_over,
)
from yui.security.soc.views.incidents.listing import incidents
from yui.security.soc.views.incidents.moments import record_now, record_past, revise
from yui.security.soc.views.incidents.notices import ward_notices
from yui.security.soc.views.incidents.opening import new_incident
from yui.security.soc.views.incidents.overview import incident
from yui.security.soc.views.incidents.papers import draft_file, paper_again, paper_draft, paper_step, papers
from yui.security.soc.views.incidents.printing import incident_report
from yui.security.soc.views.incidents.response_times import response_times
from yui.security.soc.views.incidents.systems import system_now, system_past, systems
from yui.security.soc.views.incidents.tasks import add_playbook, settle_task, tasks
from yui.security.soc.views.incidents.timeline import timeline

urlpatterns: list[URLPattern] = [
    path("incidents/", incidents, name="incidents"),
    path("incidents/new/", new_incident, name="incident-new"),
    path("incidents/response-times/", response_times, name="response-times"),
    path("incidents/notices/", ward_notices, name="ward-notices"),
    path("incidents/<int:pk>/", incident, name="incident"),
    path("incidents/<int:pk>/edit/", edit, name="incident-edit"),
    path("incidents/<int:pk>/severity/", severity, name="incident-severity"),
    path("incidents/<int:pk>/personal-data/", personal_data, name="incident-personal-data"),
    path("incidents/<int:pk>/report-facts/", report_facts, name="incident-report-facts"),
    path("incidents/<int:pk>/commander/", commander, name="incident-commander"),
    path("incidents/<int:pk>/now/", record_now, name="incident-now"),
    path("incidents/<int:pk>/past/<slug:kind>/", record_past, name="incident-past"),
    path("incidents/<int:pk>/end/<slug:way>/", end, name="incident-end"),
    path("incidents/<int:pk>/timeline/", timeline, name="incident-timeline"),
    path("incidents/<int:pk>/tasks/", tasks, name="incident-tasks"),
    path("incidents/<int:pk>/playbook/", add_playbook, name="incident-playbook"),
    path("incidents/<int:pk>/systems/", systems, name="incident-systems"),
    path("incidents/<int:pk>/evidence/", evidence, name="incident-evidence"),
    path("incidents/<int:pk>/papers/", papers, name="incident-papers"),
    path("incidents/<int:pk>/alerts/", incident_alerts, name="incident-alerts"),
    path("incidents/<int:pk>/report/", incident_report, name="incident-report"),
    path("incidents/moments/<int:pk>/revise/", revise, name="moment-revise"),
    path("incidents/tasks/<int:pk>/settle/", settle_task, name="task-settle"),
    path("incidents/systems/<int:pk>/now/", system_now, name="affected-now"),
    path("incidents/systems/<int:pk>/past/<slug:step>/", system_past, name="affected-past"),
    path("incidents/evidence/<int:pk>/file/", evidence_file, name="evidence-file"),
    path("incidents/evidence/<int:pk>/check/", evidence_check, name="evidence-check"),
    path("incidents/evidence/<int:pk>/hand-over/", evidence_hand_over, name="evidence-hand-over"),
    path("incidents/papers/<int:pk>/draft/", paper_draft, name="paper-draft"),
    path("incidents/papers/<int:pk>/again/", paper_again, name="paper-again"),
    path("incidents/papers/<int:pk>/<slug:step>/", paper_step, name="paper-step"),
    path("incidents/drafts/<int:pk>/", draft_file, name="paper-file"),
]
