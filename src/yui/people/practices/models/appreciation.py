"""ありがとう and フォロー: what a reader says with one button."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild
from yui.people.practices.models.practice import Practice


class PracticeThanks(ScopedChild):
    """A person's thanks for a practice; counted, never ranked."""

    scope_path = "practice"

    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, related_name="thanks", verbose_name=_("グッドプラクティス")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("職員")
    )
    given_at = models.DateTimeField(_("日時"), auto_now_add=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("ありがとう")
        verbose_name_plural = _("ありがとう")
        constraints = [
            models.UniqueConstraint(fields=("practice", "person"), name="practices_thanks_once"),
        ]

    def __str__(self) -> str:
        return str(self.practice)


class PracticeFollow(ScopedChild):
    """A person who wants to hear of new versions."""

    scope_path = "practice"

    practice = models.ForeignKey(
        Practice, on_delete=models.CASCADE, related_name="follows", verbose_name=_("グッドプラクティス")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("職員")
    )

    class Meta(ScopedChild.Meta):
        verbose_name = _("フォロー")
        verbose_name_plural = _("フォロー")
        constraints = [
            models.UniqueConstraint(fields=("practice", "person"), name="practices_follow_once"),
        ]

    def __str__(self) -> str:
        return str(self.practice)
