"""Who helps: readiness to be asked, who was asked, the mentors' turn, the watch on the unanswered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.scope.models import ScopedChild, ScopedModel


class HelperProfile(models.Model):
    """What a person says about being asked; without one, a person may be asked as usual."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    may_be_asked = models.BooleanField(_("質問の相談を受ける"), default=True)
    most_per_week = models.PositiveSmallIntegerField(_("1週間に受ける数"), default=3)
    away_until = models.DateField(_("この日まで不在"), null=True, blank=True)
    tags: models.ManyToManyField = models.ManyToManyField(
        "commons.Tag", related_name="+", blank=True, verbose_name=_("得意なこと")
    )
    takes_turns = models.BooleanField(_("相談役の当番を受ける"), default=False)

    class Meta:
        verbose_name = _("相談の受け方")
        constraints = [
            models.CheckConstraint(condition=Q(most_per_week__lte=20), name="commons_helper_load_bounded")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"


class HelpRequest(ScopedChild):
    """A person was asked to look at a question; ``reasons`` is what was shown as the reason (plain data)."""

    scope_path = "question"

    question = models.ForeignKey("commons.Question", on_delete=models.CASCADE, related_name="help_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(_("理由"), default=list)
    asked_at = models.DateTimeField(_("頼んだ日時"))
    declined_at = models.DateTimeField(_("断った日時"), null=True, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("回答の依頼")
        constraints = [models.UniqueConstraint(fields=("question", "user"), name="commons_help_asked_once")]
        indexes = [models.Index(fields=("user", "-asked_at"), name="commons_help_load")]

    def __str__(self) -> str:
        return f"{self.question_id} → {self.user_id}"


class MentorTurn(ScopedModel):
    """相談役の当番: the ward (and the person) that looks after the commons in the week from a Monday."""

    starts_on = models.DateField(_("始まる月曜日"))
    mentor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta(ScopedModel.Meta):
        verbose_name = _("相談役の当番")
        ordering = ("starts_on",)
        constraints = [
            models.UniqueConstraint(fields=("starts_on",), name="commons_turn_one_a_week"),
            models.CheckConstraint(condition=Q(starts_on__week_day=2), name="commons_turn_from_monday"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} {self.organisation}"


class WatchStage(models.TextChoices):
    """To whom an unanswered question has been carried."""

    HELPERS = "helpers", _("答えられそうな人")
    MENTOR = "mentor", _("相談役")
    COORDINATOR = "coordinator", _("運営")
    NUDGE = "nudge", _("解決したかの確認")


class WatchStep(ScopedChild):
    """A question was carried on because it waited; once per stage."""

    scope_path = "question"

    question = models.ForeignKey("commons.Question", on_delete=models.CASCADE, related_name="watch_steps")
    stage = models.CharField(_("段階"), max_length=12, choices=WatchStage.choices)
    at = models.DateTimeField(_("日時"))

    class Meta(ScopedChild.Meta):
        verbose_name = _("未回答の見守り")
        constraints = [
            models.UniqueConstraint(fields=("question", "stage"), name="commons_watch_once_per_stage")
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.stage}"
