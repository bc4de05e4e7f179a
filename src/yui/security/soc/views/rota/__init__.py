"""Pages of the rota, of hand-overs and of the escalation."""

from django.urls import path
from django.urls.resolvers import URLPattern

from yui.security.soc.views.rota.calendar import rota, rota_ical
from yui.security.soc.views.rota.escalation import escalation, escalation_remove
from yui.security.soc.views.rota.handover import handover, handover_new, handovers
from yui.security.soc.views.rota.planning import absence_remove, absences, rota_plan, shift, shift_new

urlpatterns: list[URLPattern] = [
    path("rota/", rota, name="rota"),
    path("rota/calendar.ics", rota_ical, name="rota-ical"),
    path("rota/plan/", rota_plan, name="rota-plan"),
    path("rota/shifts/new/", shift_new, name="shift-new"),
    path("rota/shifts/<int:pk>/", shift, name="shift"),
    path("rota/absences/", absences, name="absences"),
    path("rota/absences/<int:pk>/remove/", absence_remove, name="absence-remove"),
    path("rota/handovers/", handovers, name="handovers"),
    path("rota/handovers/new/", handover_new, name="handover-new"),
    path("rota/handovers/<int:pk>/", handover, name="handover"),
    path("rota/escalation/", escalation, name="escalation"),
    path("rota/escalation/<int:pk>/remove/", escalation_remove, name="escalation-remove"),
]
