"""Addresses of good practices, each beginning with ``practices/``."""

from django.urls import URLPattern, path

from yui.people.practices.views.practices.adoption import (
    adoption,
    adoption_changes,
    adoption_effect,
    adoption_step,
    adoptions,
)
from yui.people.practices.views.practices.exporting import export
from yui.people.practices.views.practices.files import drop_file, file, files, image
from yui.people.practices.views.practices.history import history
from yui.people.practices.views.practices.listing import practices
from yui.people.practices.views.practices.page import practice, practice_step
from yui.people.practices.views.practices.reviewing import review, reviews, take, waiting
from yui.people.practices.views.practices.spread import spread
from yui.people.practices.views.practices.versions import version, versions
from yui.people.practices.views.practices.writing import (
    correct,
    describe,
    edit_practice,
    new_practice,
    withdraw,
)

urlpatterns: list[URLPattern] = [
    path("practices/", practices, name="practices"),
    path("practices/new/", new_practice, name="practice-new"),
    path("practices/reviews/", waiting, name="reviews-waiting"),
    path("practices/reviews/<int:pk>/", review, name="review"),
    path("practices/adoptions/", adoptions, name="adoptions"),
    path("practices/adoptions/<int:pk>/", adoption, name="adoption"),
    path("practices/adoptions/<int:pk>/step/", adoption_step, name="adoption-step"),
    path("practices/adoptions/<int:pk>/changes/", adoption_changes, name="adoption-changes"),
    path("practices/adoptions/<int:pk>/effect/", adoption_effect, name="adoption-effect"),
    path("practices/files/<int:pk>/", file, name="practice-file"),
    path("practices/files/<int:pk>/image/", image, name="practice-image"),
    path("practices/files/<int:pk>/remove/", drop_file, name="practice-file-remove"),
    path("practices/export/<str:code>.json", export, name="practices-export"),
    path("practices/<int:pk>/", practice, name="practice"),
    path("practices/<int:pk>/step/", practice_step, name="practice-step"),
    path("practices/<int:pk>/edit/", edit_practice, name="practice-edit"),
    path("practices/<int:pk>/correct/", correct, name="practice-correct"),
    path("practices/<int:pk>/about/", describe, name="practice-describe"),
    path("practices/<int:pk>/withdraw/", withdraw, name="practice-withdraw"),
    path("practices/<int:pk>/spread/", spread, name="practice-spread"),
    path("practices/<int:pk>/versions/", versions, name="practice-versions"),
    path("practices/<int:pk>/versions/<int:key>/", version, name="practice-version"),
    path("practices/<int:pk>/reviews/", reviews, name="practice-reviews"),
    path("practices/<int:pk>/reviews/take/", take, name="review-take"),
    path("practices/<int:pk>/files/", files, name="practice-files"),
    path("practices/<int:pk>/history/", history, name="practice-history"),
]
