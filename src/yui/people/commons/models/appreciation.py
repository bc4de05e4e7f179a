"""Thanks, and what people follow."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild


class Thanks(ScopedChild):
    """One person's thanks for one post. They are counted by post, never by person."""

    scope_path = "post__question"

    post = models.ForeignKey("commons.Post", on_delete=models.CASCADE, related_name="thanks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("日時"))

    class Meta(ScopedChild.Meta):
        verbose_name = _("感謝")
        constraints = [models.UniqueConstraint(fields=("post", "user"), name="commons_thanks_once")]

    def __str__(self) -> str:
        return f"{self.post_id}"


class QuestionFollow(ScopedChild):
    """A person who wants to hear of a question."""

    scope_path = "question"

    question = models.ForeignKey("commons.Question", on_delete=models.CASCADE, related_name="follows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta(ScopedChild.Meta):
        verbose_name = _("質問のフォロー")
        constraints = [
            models.UniqueConstraint(fields=("question", "user"), name="commons_question_followed_once")
        ]

    def __str__(self) -> str:
        return f"{self.question_id}"


class TagFollow(models.Model):
    """A person who wants to hear of new questions under a tag."""

    tag = models.ForeignKey("commons.Tag", on_delete=models.CASCADE, related_name="follows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("タグのフォロー")
        constraints = [models.UniqueConstraint(fields=("tag", "user"), name="commons_tag_followed_once")]

    def __str__(self) -> str:
        return f"{self.tag_id}"


class Deflection(ScopedChild):
    """A person found the answer in a similar question while writing, and did not ask. Counted apart.

    The person is not part of the record: the figure is what matters.
    """

    scope_path = "question"

    question = models.ForeignKey("commons.Question", on_delete=models.CASCADE, related_name="deflections")
    spared = models.ForeignKey("scope.Organisation", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("日時"))

    class Meta(ScopedChild.Meta):
        verbose_name = _("質問せずに解決")

    def __str__(self) -> str:
        return f"{self.question_id}"
