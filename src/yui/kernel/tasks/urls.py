"""Addresses of jobs."""

from django.urls import path

from yui.kernel.tasks.views.job_list import job_list
from yui.kernel.tasks.views.job_record import cancel, job_record, retry

app_name = "tasks"
prefix = "jobs/"
urlpatterns = [
    path("", job_list, name="jobs"),
    path("<int:pk>/", job_record, name="job"),
    path("<int:pk>/cancel/", cancel, name="cancel"),
    path("<int:pk>/retry/", retry, name="retry"),
]
