"""Addresses of the commons."""

from django.urls import path
from django.urls.resolvers import URLPattern

from yui.people.commons.views import (
    asking,
    feed,
    figures,
    helping,
    intakes,
    moderation,
    posts,
    question,
    rules,
    states,
    turns,
    waiting,
)

app_name = "commons"
prefix = "commons/"
urlpatterns: list[URLPattern] = [
    path("", feed.feed, name="feed"),
    path("new/", asking.ask, name="ask"),
    path("new/similar/", asking.similar, name="similar"),
    path("rules/", rules.rules, name="rules"),
    path("tags/follow/", states.tag_follow, name="tag-follow"),
    path("moderation/", moderation.acts, name="acts"),
    path("moderation/cases/", moderation.cases, name="cases"),
    path("intakes/", intakes.intakes, name="intakes"),
    path("intakes/<int:pk>/", intakes.intake, name="intake"),
    path("intakes/<int:pk>/report/", intakes.intake_report, name="intake-report"),
    path("intakes/export/<slug:code>/", intakes.export, name="intake-export"),
    path("disclosures/<int:pk>/decide/", moderation.decide, name="decide"),
    path("helping/", helping.helping, name="helping"),
    path("turns/", turns.turns, name="turns"),
    path("turns/plan/", turns.plan, name="turns-plan"),
    path("turns/swap/", turns.swap, name="turns-swap"),
    path("turns/<int:pk>/mentor/", turns.name, name="turn-name"),
    path("waiting/", waiting.waiting, name="waiting"),
    path("figures/", figures.figures, name="figures"),
    path("figures/records/", figures.records, name="figure-records"),
    path("<int:pk>/", question.question, name="question"),
    path("<int:pk>/answer/", question.answer, name="answer"),
    path("<int:pk>/spared/", asking.spared, name="spared"),
    path("<int:pk>/solve/", states.solve, name="solve"),
    path("<int:pk>/reopen/", states.reopen, name="reopen"),
    path("<int:pk>/withdraw/", states.withdraw, name="withdraw"),
    path("<int:pk>/follow/", states.follow, name="follow"),
    path("<int:pk>/help/", helping.ask, name="ask-for-help"),
    path("<int:pk>/decline/", helping.decline, name="decline"),
    path("<int:pk>/duplicate/", moderation.duplicate, name="duplicate"),
    path("posts/<int:pk>/comment/", question.comment, name="comment"),
    path("posts/<int:pk>/edit/", posts.edit, name="edit"),
    path("posts/<int:pk>/history/", posts.history, name="post-history"),
    path("posts/<int:pk>/thank/", posts.thank, name="thank"),
    path("posts/<int:pk>/report/", posts.report, name="report"),
    path("posts/<int:pk>/<slug:kind>/", moderation.act, name="act"),
    path("files/<int:pk>/", posts.file, name="file"),
]
