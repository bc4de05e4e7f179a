"""Addresses of the challenges and the logic models."""

from django.urls import path

from yui.governance.challenges.views import challenges, evidence, initiatives, links, models

app_name = "challenges"
prefix = "challenges/"
urlpatterns = [
    path("", challenges.challenges, name="challenges"),
    path("new/", challenges.new_challenge, name="challenge-new"),
    path("adopt/", challenges.adopt, name="adopt"),
    path("<int:pk>/", challenges.challenge, name="challenge"),
    path("<int:pk>/edit/", challenges.edit_challenge, name="challenge-edit"),
    path("<int:pk>/state/", challenges.challenge_state, name="challenge-state"),
    path("<int:pk>/evidence/", evidence.new_challenge_evidence, name="challenge-evidence-new"),
    path("evidence/<int:pk>/", evidence.challenge_evidence, name="challenge-evidence"),
    path("evidence/<int:pk>/remove/", evidence.remove_challenge_evidence, name="challenge-evidence-remove"),
    path("initiatives/new/", initiatives.new_initiative, name="initiative-new"),
    path("initiatives/<int:pk>/", initiatives.initiative, name="initiative"),
    path("initiatives/<int:pk>/edit/", initiatives.edit_initiative, name="initiative-edit"),
    path("initiatives/<int:pk>/evidence/", evidence.new_initiative_evidence, name="initiative-evidence-new"),
    path("initiatives/evidence/<int:pk>/", evidence.initiative_evidence, name="initiative-evidence"),
    path(
        "initiatives/evidence/<int:pk>/remove/",
        evidence.remove_initiative_evidence,
        name="initiative-evidence-remove",
    ),
    path("links/<int:pk>/", links.link_page, name="link"),
    path("links/<int:pk>/remove/", links.remove_link, name="link-remove"),
    path("models/<int:pillar>/", models.model, name="model"),
    path("models/<int:pillar>/links/", links.new_link, name="link-new"),
    path("models/<int:pillar>/model.<str:file_format>", models.model_file, name="model-file"),
]
