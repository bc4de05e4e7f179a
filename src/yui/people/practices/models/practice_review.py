"""査読: one reading of a version by a colleague of another ward."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, ScopedChild, ScopedManager, ScopedQuerySet
from yui.kernel.scope.people import person_field
from yui.people.practices.models.practice_version import SECTIONS, PracticeVersion


class Verdict(models.TextChoices):
    """What the reviewer found."""

    PUBLISH = "publish", _("公開してよい")
    REVISE = "revise", _("直してほしい")


class ReviewQuerySet(ScopedQuerySet):
    """Reviews: what is said in them stays between the two wards."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the reviews of the actor's organisations, written or received."""
        visible = super().visible_to(actor)
        if actor.is_system:
            return visible
        path = getattr(self.model, "review_path", "")
        mine = sorted(actor.organisation_ids)
        return visible.filter(
            Q(**{f"{path}ward_id__in": mine}) | Q(**{f"{path}version__practice__organisation_id__in": mine})
        )

    def waiting(self) -> "ReviewQuerySet":
        """Keep the reviews without a verdict."""
        return self.filter(verdict="", ended_at__isnull=True)


class ReviewManager(ScopedManager.from_queryset(ReviewQuerySet)):  # type: ignore[misc]
    """The default manager of reviews."""


class PracticeReview(ScopedChild):
    """A reading, asked for or taken up by oneself; ``ended_at`` without a verdict: the text was taken back.

    ``of_ward`` repeats whose practice it is, so that the database itself refuses reviews of one's own.
    """

    scope_path = "version__practice"

    version = models.ForeignKey(
        PracticeVersion, on_delete=models.CASCADE, related_name="reviews", verbose_name=_("版")
    )
    of_ward = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("書いた区")
    )
    ward = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("査読する区")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("査読する人")
    )
    invited_by = person_field(_("頼んだ人"))
    asked_at = models.DateTimeField(_("始まった日時"))
    verdict = models.CharField(_("判定"), max_length=8, choices=Verdict.choices, blank=True)
    comment = models.TextField(_("全体への意見"), max_length=4000, blank=True)
    ended_at = models.DateTimeField(_("終わった日時"), null=True, blank=True)

    objects: ClassVar[Any] = ReviewManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("査読")
        verbose_name_plural = _("査読")
        ordering = ("-asked_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(of_ward=F("ward")),
                name="practices_review_by_another_ward",
                violation_error_message=_("自分の区の事例は査読できません。"),
            ),
            models.UniqueConstraint(
                fields=("version", "reviewer"),
                condition=Q(ended_at__isnull=True),
                name="practices_review_once_per_person",
            ),
            models.CheckConstraint(
                condition=Q(verdict="") | Q(verdict__in=Verdict.values, ended_at__isnull=False),
                name="practices_review_verdict_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} / {self.ward}"


class ReviewComment(ScopedChild):
    """What the reviewer says about one section."""

    scope_path = "review__version__practice"
    review_path = "review__"

    review = models.ForeignKey(
        PracticeReview, on_delete=models.CASCADE, related_name="comments", verbose_name=_("査読")
    )
    section = models.CharField(_("項目"), max_length=16)
    text = models.TextField(_("意見"), max_length=4000)

    objects: ClassVar[Any] = ReviewManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("項目への意見")
        verbose_name_plural = _("項目への意見")
        ordering = ("review_id", "id")
        constraints = [
            models.UniqueConstraint(fields=("review", "section"), name="practices_comment_once_per_section"),
            models.CheckConstraint(
                condition=Q(section__in=[*SECTIONS, "title", "effects"]) & ~Q(text=""),
                name="practices_comment_on_a_section",
            ),
        ]

    def __str__(self) -> str:
        return self.section
