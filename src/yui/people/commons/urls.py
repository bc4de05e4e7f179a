"""Addresses of the commons."""

from django.urls import path
from django.urls.resolvers import URLPattern

from yui.people.commons.views import asking, feed, moderation, posts, question, rules, states

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
    path("disclosures/<int:pk>/decide/", moderation.decide, name="decide"),
    path("<int:pk>/", question.question, name="question"),
    path("<int:pk>/answer/", question.answer, name="answer"),
    path("<int:pk>/spared/", asking.spared, name="spared"),
    path("<int:pk>/solve/", states.solve, name="solve"),
    path("<int:pk>/reopen/", states.reopen, name="reopen"),
    path("<int:pk>/withdraw/", states.withdraw, name="withdraw"),
    path("<int:pk>/follow/", states.follow, name="follow"),
    path("<int:pk>/duplicate/", moderation.duplicate, name="duplicate"),
    path("posts/<int:pk>/comment/", question.comment, name="comment"),
    path("posts/<int:pk>/edit/", posts.edit, name="edit"),
    path("posts/<int:pk>/history/", posts.history, name="post-history"),
    path("posts/<int:pk>/thank/", posts.thank, name="thank"),
    path("posts/<int:pk>/report/", posts.report, name="report"),
    path("posts/<int:pk>/<slug:kind>/", moderation.act, name="act"),
    path("files/<int:pk>/", posts.file, name="file"),
]
