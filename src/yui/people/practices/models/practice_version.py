"""版: one wording of a practice, never changed once it is published."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, ScopedChild, ScopedManager, ScopedQuerySet
from yui.kernel.scope.people import person_field
from yui.people.practices.models.practice import Practice

SECTIONS = (
    "problem",
    "approach",
    "effect_note",
    "cost_note",
    "staffing",
    "preconditions",
    "reuse_steps",
    "pitfalls",
)
"""The texts of a version in reading order, all Markdown."""

WORDING = ("title", *SECTIONS, "initial_yen", "annual_yen", "started_on", "ended_on")
"""All that a version says, without its effects."""

LONGEST_TEXT = 8000
MOST_YEN = 10**13


class VersionStage(models.TextChoices):
    """How far a version has come."""

    DRAFTING = "drafting", _("下書き")
    IN_REVIEW = "in_review", _("査読中")
    PUBLISHED = "published", _("公開")


class UnfinishedQuerySet(ScopedQuerySet):
    """Versions and their parts: other wards see them from the review on, not while they are written."""

    version_path: ClassVar[str] = ""

    def visible_to(self, actor: Actor) -> Self:
        """Keep the rows of practices that the actor sees, drafts only in the own organisations."""
        visible = super().visible_to(actor)
        if actor.is_system:
            return visible
        path = getattr(self.model, "version_path", "")
        shown = ~Q(**{f"{path}stage": VersionStage.DRAFTING})
        own = Q(**{f"{path}practice__organisation_id__in": sorted(actor.organisation_ids)})
        return visible.filter(shown | own)


class UnfinishedManager(ScopedManager.from_queryset(UnfinishedQuerySet)):  # type: ignore[misc]
    """The default manager of versions and their parts."""


def text_field(title: Any) -> models.TextField:
    """Return a section of the text."""
    return models.TextField(title, max_length=LONGEST_TEXT, blank=True)


class PracticeVersion(ScopedChild):
    """A wording. ``number`` counts what was reviewed, ``correction`` the small corrections since.

    A trigger of the database refuses to change a version after its publication. The review that let it
    through is named here, so that the version tells by whom it was read.
    """

    scope_path = "practice"

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, related_name="versions", verbose_name=_("グッドプラクティス")
    )
    number = models.PositiveSmallIntegerField(_("版"))
    correction = models.PositiveSmallIntegerField(_("訂正"), default=0)
    stage = models.CharField(
        _("段階"), max_length=10, choices=VersionStage.choices, default=VersionStage.DRAFTING
    )
    title = models.CharField(_("題名"), max_length=120)
    problem = text_field(_("課題"))
    approach = text_field(_("取組"))
    effect_note = text_field(_("効果と測り方"))
    cost_note = text_field(_("費用の説明"))
    staffing = text_field(_("体制と工数"))
    preconditions = text_field(_("前提になる条件"))
    reuse_steps = text_field(_("まねる手順"))
    pitfalls = text_field(_("失敗したこと・注意"))
    initial_yen = models.BigIntegerField(_("はじめの費用(円)"), null=True, blank=True)
    annual_yen = models.BigIntegerField(_("毎年の費用(円)"), null=True, blank=True)
    started_on = models.DateField(_("始めた日"), null=True, blank=True)
    ended_on = models.DateField(_("終えた日"), null=True, blank=True)
    change_note = models.CharField(_("前の版から変えたこと"), max_length=400, blank=True)
    made_by = person_field(_("書いた人"))
    made_at = models.DateTimeField(_("書き始めた日時"))
    submitted_at = models.DateTimeField(_("査読に出した日時"), null=True, blank=True)
    published_at = models.DateTimeField(_("公開した日時"), null=True, blank=True)
    reviewed_by = person_field(_("査読した人"))
    reviewing_ward = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("査読した区"),
    )

    objects: ClassVar[Any] = UnfinishedManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("版")
        verbose_name_plural = _("版")
        ordering = ("practice_id", "-number", "-correction")
        constraints = [
            models.UniqueConstraint(
                fields=("practice", "number", "correction"), name="practices_version_numbered_once"
            ),
            models.UniqueConstraint(
                fields=("practice",),
                condition=~Q(stage=VersionStage.PUBLISHED),
                name="practices_version_one_under_work",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="practices_version_is_named"),
            models.CheckConstraint(
                condition=Q(number__gte=1, stage__in=VersionStage.values), name="practices_version_known"
            ),
            models.CheckConstraint(
                condition=(Q(initial_yen__isnull=True) | Q(initial_yen__gte=0, initial_yen__lt=MOST_YEN))
                & (Q(annual_yen__isnull=True) | Q(annual_yen__gte=0, annual_yen__lt=MOST_YEN)),
                name="practices_version_costs_in_range",
                violation_error_message=_("費用は0円以上、10兆円未満で入れてください。"),
            ),
            models.CheckConstraint(
                condition=Q(started_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("started_on")),
                name="practices_version_ends_after_start",
                violation_error_message=_("終えた日は始めた日より後にしてください。"),
            ),
            models.CheckConstraint(
                condition=Q(stage=VersionStage.PUBLISHED, published_at__isnull=False)
                | ~Q(stage=VersionStage.PUBLISHED) & Q(published_at__isnull=True),
                name="practices_version_published_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(stage=VersionStage.PUBLISHED)
                | Q(reviewing_ward__isnull=False)
                | Q(correction__gt=0),
                name="practices_version_read_by_another_ward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.label}"

    @property
    def label(self) -> str:
        """The version's number as people say it."""
        if not self.correction:
            return translated("第%(number)s版") % {"number": self.number}
        return translated("第%(number)s版 訂正%(correction)s") % {
            "number": self.number,
            "correction": self.correction,
        }
