"""Addresses of the priorities."""

from django.urls import path

from yui.governance.priorities.views.options import edit_criterion, edit_option, new_option
from yui.governance.priorities.views.result import result_file, result_page
from yui.governance.priorities.views.rounds import rounds
from yui.governance.priorities.views.scores import score, scores
from yui.governance.priorities.views.sets import new_set, sets
from yui.governance.priorities.views.weights import weights

app_name = "priorities"
prefix = "priorities/"
urlpatterns = [
    path("", sets, name="sets"),
    path("new/", new_set, name="set-new"),
    path("<int:pk>/", result_page, name="result"),
    path("<int:pk>/result.<str:file_format>", result_file, name="result-file"),
    path("<int:pk>/scores/", scores, name="scores"),
    path("<int:pk>/scores/<str:option>/<str:criterion>/", score, name="score"),
    path("<int:pk>/options/new/", new_option, name="option-new"),
    path("<int:pk>/options/<str:option>/", edit_option, name="option-edit"),
    path("<int:pk>/criteria/<str:criterion>/", edit_criterion, name="criterion-edit"),
    path("<int:pk>/weights/", weights, name="weights"),
    path("<int:pk>/rounds/", rounds, name="rounds"),
]
