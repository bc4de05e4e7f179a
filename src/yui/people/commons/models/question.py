"""A question with its state: what was asked, for whom, and whether it is solved."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import business_hours_between
from yui.kernel.links.addresses import record_address
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ParticipantScopedModel, ScopedChild, ScopedManager, ScopedQuerySet
from yui.people.commons.models.appreciation import QuestionFollow


class QuestionState(models.TextChoices):
    """How far a question is."""

    OPEN = "open", _("受付中")
    NEEDS_INFO = "needs_info", _("追記待ち")
    SOLVED = "solved", _("解決")
    CLOSED = "closed", _("終了")


class SolvedBy(models.TextChoices):
    """What solved a question."""

    ANSWER = "answer", _("回答")
    ASKER = "asker", _("質問した人")
    WORKAROUND = "workaround", _("回避策")
    MODERATOR = "moderator", _("運営")


class QuestionQuerySet(ScopedQuerySet):
    """Questions by state and by person."""

    def shown(self) -> Self:
        """Keep the questions that no moderator has taken off the pages."""
        return self.filter(hidden_at__isnull=True)

    def unanswered(self) -> Self:
        """Keep the open questions that nobody but the asker has answered."""
        return self.filter(state=QuestionState.OPEN, first_answer_at__isnull=True)

    def followed_by(self, actor: Actor) -> Self:
        """Keep the questions that the person follows, or whose tags he follows."""
        own = QuestionFollow.objects.unscoped("the reader's own").filter(user_id=actor.user_id)
        tagged = Question.tags.through.objects.filter(tag__follows__user_id=actor.user_id)
        return self.filter(Q(pk__in=own.values("question_id")) | Q(pk__in=tagged.values("question_id")))


class QuestionManager(ScopedManager.from_queryset(QuestionQuerySet)):  # type: ignore[misc]
    """The default, fail-closed manager of questions."""


class Question(ParticipantScopedModel):
    """One question; its words stand in the post of kind ``question``, answers and comments in the others.

    ``first_answer_at`` is the first answer of somebody else, which is what asking people wait for.
    ``organisation`` is the body for which the asker asked.
    """

    title = models.CharField(_("件名"), max_length=200)
    state = models.CharField(
        _("状態"), max_length=12, choices=QuestionState.choices, default=QuestionState.OPEN
    )
    tags: models.ManyToManyField = models.ManyToManyField(
        "commons.Tag", related_name="questions", blank=True, verbose_name=_("タグ")
    )
    area = models.ForeignKey(
        "registry.StandardBusinessArea",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("標準化対象の業務"),
    )
    system = models.ForeignKey(
        "registry.InformationSystem",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("情報システム"),
    )
    about_urn = models.CharField(_("もとの記録"), max_length=200, blank=True)
    asked_at = models.DateTimeField(_("質問した日時"))
    first_answer_at = models.DateTimeField(_("最初の回答"), null=True, blank=True)
    first_answer_minutes = models.PositiveIntegerField(
        _("最初の回答まで(開庁時間の分)"), null=True, blank=True
    )
    last_activity_at = models.DateTimeField(_("最後の動き"))
    solved_at = models.DateTimeField(_("解決した日時"), null=True, blank=True)
    solved_by = models.CharField(_("解決のしかた"), max_length=12, choices=SolvedBy.choices, blank=True)
    solving_post = models.ForeignKey(
        "commons.Post",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("解決した回答"),
    )
    closing_reason = models.CharField(_("終了の理由"), max_length=300, blank=True)
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="duplicates",
        verbose_name=_("同じ質問"),
    )
    answer_count = models.PositiveIntegerField(_("回答"), default=0)
    thanks_count = models.PositiveIntegerField(_("感謝"), default=0)
    hidden_at = models.DateTimeField(_("非表示にした日時"), null=True, blank=True)
    is_locked = models.BooleanField(_("書き込みを止めた"), default=False)
    source_key = models.CharField(_("取り込み元の番号"), max_length=160, blank=True)

    objects: ClassVar[Any] = QuestionManager()

    class Meta(ParticipantScopedModel.Meta):
        verbose_name = _("質問")
        ordering = ("-last_activity_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=QuestionState.SOLVED, solved_at__isnull=False)
                | (~Q(state=QuestionState.SOLVED) & Q(solved_at__isnull=True, solved_by="")),
                name="commons_question_solved_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(first_answer_at__isnull=True, first_answer_minutes__isnull=True)
                | Q(first_answer_at__isnull=False, first_answer_minutes__isnull=False),
                name="commons_question_waiting_is_measured",
            ),
            models.CheckConstraint(
                condition=~Q(state=QuestionState.SOLVED) | ~Q(solved_by=""),
                name="commons_question_says_how_it_was_solved",
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=["own", "participants", "wards"]),
                name="commons_question_never_without_sign_in",
            ),
            models.CheckConstraint(
                condition=Q(last_activity_at__gte=F("asked_at")), name="commons_question_times_in_order"
            ),
            models.UniqueConstraint(
                fields=("organisation", "source_key"),
                condition=~Q(source_key=""),
                name="commons_question_imported_once",
            ),
        ]
        indexes = [
            models.Index(fields=("-last_activity_at", "-id"), name="commons_question_activity"),
            models.Index(fields=("state", "-last_activity_at", "-id"), name="commons_question_state"),
            models.Index(fields=("solved_at",), name="commons_question_solved"),
            models.Index(fields=("asked_at",), name="commons_question_asked"),
            models.Index(
                fields=("-last_activity_at", "-id"),
                condition=Q(state="open", first_answer_at__isnull=True),
                name="commons_question_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the question's page."""
        return record_address("commons:question", self.pk)

    def set_first_answer(self, at: datetime | None) -> None:
        """Note when somebody else first answered, and after how much opening time of the offices."""
        self.first_answer_at = at
        waited = business_hours_between(self.asked_at, at) if at is not None else None
        self.first_answer_minutes = int(waited.total_seconds() // 60) if waited is not None else None

    @property
    def is_solved(self) -> bool:
        """Whether the question is solved."""
        return self.state == QuestionState.SOLVED


class QuestionStep(ScopedChild):
    """A change of state, never altered: what an as-of-date count of solved questions is replayed from."""

    scope_path = "question"

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(_("状態"), max_length=12, choices=QuestionState.choices)
    at = models.DateTimeField(_("日時"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    post = models.ForeignKey(
        "commons.Post", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("質問の状態の変化")
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.question_id} {self.state}"
