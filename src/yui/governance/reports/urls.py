"""Addresses of the reports, and of the pages that need no sign-in."""

from django.urls import path

from yui.governance.reports.views.notes import edit_note, new_note
from yui.governance.reports.views.plans import make, new_plan, plan, plans
from yui.governance.reports.views.public import public, public_report, public_report_file
from yui.governance.reports.views.report import edition_file, report
from yui.governance.reports.views.reports import reports
from yui.governance.reports.views.steps import close, publish, remake

app_name = "reports"
prefix = ""
urlpatterns = [
    path("reports/", reports, name="reports"),
    path("reports/plans/", plans, name="plans"),
    path("reports/plans/new/", new_plan, name="plan-new"),
    path("reports/plans/<int:pk>/", plan, name="plan"),
    path("reports/plans/<int:pk>/make/", make, name="plan-make"),
    path("reports/<int:pk>/", report, name="report"),
    path("reports/<int:pk>/again/", remake, name="remake"),
    path("reports/<int:pk>/close/", close, name="close"),
    path("reports/<int:pk>/publish/", publish, name="publish"),
    path("reports/<int:pk>/notes/new/", new_note, name="note-new"),
    path("reports/notes/<int:pk>/", edit_note, name="note"),
    path("reports/editions/<int:pk>/<str:language>.<str:file_format>", edition_file, name="edition-file"),
    path("public/", public, name="public"),
    path("public/<int:pk>/", public_report, name="public-report"),
    path("public/<int:pk>/<str:language>.<str:file_format>", public_report_file, name="public-file"),
]
