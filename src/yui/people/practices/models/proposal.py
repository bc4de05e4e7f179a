"""改善提案: an idea, a problem or something already done, from draft to effect."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ParticipantScopedModel, Visibility
from yui.kernel.scope.people import person_field
from yui.kernel.tables.normalise import normalise_key
from yui.people.practices.models.proposal_category import ProposalCategory
from yui.people.practices.models.proposal_scoping import (
    ProposalScopedManager,
    ProposalScopedQuerySet,
    authored_by,
)


class ProposalKind(models.TextChoices):
    """What is handed in: counted apart everywhere, since their numbers differ by orders of magnitude."""

    IDEA = "idea", _("アイデア")
    IMPLEMENTED = "implemented", _("実施済み")
    ISSUE = "issue", _("課題")


class ProposalStage(models.TextChoices):
    """Where a proposal stands (``engine.proposal_states``)."""

    DRAFT = "draft", _("起案")
    RECEIVED = "received", _("受付")
    REVIEW = "review", _("検討")
    RETURNED = "returned", _("差戻し")
    ADOPTED = "adopted", _("採用")
    PARTLY = "partly", _("一部採用")
    REJECTED = "rejected", _("不採用")
    IMPLEMENTED = "implemented", _("実施")
    MEASURED = "measured", _("効果測定")
    SPREAD = "spread", _("横展開")
    WITHDRAWN = "withdrawn", _("取下げ")
    MERGED = "merged", _("統合")


class ProposalOutcome(models.TextChoices):
    """What was decided."""

    ADOPTED = "adopted", _("採用")
    PARTLY = "partly", _("一部採用")
    REJECTED = "rejected", _("不採用")


STAGES_BEFORE_DECISION = (
    ProposalStage.DRAFT,
    ProposalStage.RECEIVED,
    ProposalStage.REVIEW,
    ProposalStage.RETURNED,
)
STAGES_AFTER_ADOPTION = (ProposalStage.IMPLEMENTED, ProposalStage.MEASURED, ProposalStage.SPREAD)
STAGES_AT_END = (
    ProposalStage.REJECTED,
    ProposalStage.SPREAD,
    ProposalStage.WITHDRAWN,
    ProposalStage.MERGED,
)
UNCOUNTED_STAGES = (ProposalStage.DRAFT, ProposalStage.WITHDRAWN, ProposalStage.MERGED)


class ProposalQuerySet(ProposalScopedQuerySet):
    """Proposals by what figures and lists ask for."""

    def counted(self) -> Self:
        """Keep what counts as a proposal: handed in, not withdrawn, and not merged into another one."""
        return self.exclude(stage__in=UNCOUNTED_STAGES)

    def overdue(self, day: date) -> Self:
        """Keep those whose stage should have been over before a day."""
        return self.filter(due_on__lt=day)

    def of_person(self, user_id: int | None) -> Self:
        """Keep the proposals of a person, those he or she is asked to join included."""
        return self.filter(pk__in=authored_by(self.model, user_id))


class ProposalManager(ProposalScopedManager.from_queryset(ProposalQuerySet)):  # type: ignore[misc]
    """The default manager of proposals."""


class Proposal(ParticipantScopedModel):
    """One improvement proposal.

    ``number`` (令和8-港区-012) and ``serial`` come when it is handed in, ``fiscal_year`` is that of the
    handing in. ``outcome`` is set by the decision and stays while the work goes on. ``due_on`` is the last
    day on which the present stage is in time. Dates of imported proposals may be unknown; only these have
    a ``source_key``. ``revision`` grows with every change of the text.
    """

    number = models.CharField(_("番号"), max_length=30, blank=True)
    fiscal_year = models.PositiveSmallIntegerField(_("年度"), null=True, blank=True)
    serial = models.PositiveIntegerField(_("通し番号"), null=True, blank=True)
    kind = models.CharField(_("種別"), max_length=12, choices=ProposalKind.choices)
    category = models.ForeignKey(
        ProposalCategory,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("分類"),
    )
    title = models.CharField(_("件名"), max_length=160)
    title_key = models.CharField(max_length=400, blank=True, editable=False)
    present = models.TextField(_("現状"), max_length=6000, blank=True)
    idea = models.TextField(_("提案の内容"), max_length=6000, blank=True)
    expected_hours = models.DecimalField(
        _("見込む時間の削減(時間/年)"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    expected_yen_once = models.BigIntegerField(_("見込む経費の削減(一時、円)"), null=True, blank=True)
    expected_yen_yearly = models.BigIntegerField(_("見込む経費の削減(円/年)"), null=True, blank=True)
    department = models.ForeignKey(
        "organisations.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("提案した部署"),
    )
    group_name = models.CharField(_("グループ名"), max_length=80, blank=True)
    is_anonymous = models.BooleanField(_("名前を伏せて審査する"), default=False)
    stage = models.CharField(
        _("段階"), max_length=12, choices=ProposalStage.choices, default=ProposalStage.DRAFT
    )
    entered_on = models.DateField(_("この段階になった日"))
    due_on = models.DateField(_("期限"), null=True, blank=True)
    submitted_on = models.DateField(_("提出日"), null=True, blank=True)
    outcome = models.CharField(_("結果"), max_length=10, choices=ProposalOutcome.choices, blank=True)
    decision_reason = models.TextField(_("結果の理由"), max_length=4000, blank=True)
    decided_on = models.DateField(_("決定日"), null=True, blank=True)
    decided_by = person_field(_("決めた人"))
    owner = person_field(_("担当"))
    responsible_department = models.ForeignKey(
        "organisations.Department",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("所管課"),
    )
    implemented_on = models.DateField(_("実施日"), null=True, blank=True)
    next_check_on = models.DateField(_("効果を確かめる日"), null=True, blank=True)
    told_due_on = models.DateField(null=True, blank=True, editable=False)
    told_check_on = models.DateField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("統合先"),
    )
    source_key = models.CharField(max_length=64, blank=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[Any] = ProposalManager()

    class Meta(ParticipantScopedModel.Meta):
        verbose_name = _("改善提案")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=("organisation", "stage"), name="practices_proposals_of_ward"),
            models.Index(fields=("fiscal_year", "kind"), name="practices_proposals_by_year"),
            models.Index(fields=("due_on",), name="practices_proposals_due"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="practices_proposal_is_named"),
            models.CheckConstraint(
                condition=Q(kind__in=ProposalKind.values) & Q(stage__in=ProposalStage.values),
                name="practices_proposal_words_known",
            ),
            models.CheckConstraint(
                condition=~Q(visibility=Visibility.PUBLIC), name="practices_proposal_not_public"
            ),
            models.CheckConstraint(
                condition=Q(
                    number="",
                    serial__isnull=True,
                    fiscal_year__isnull=True,
                    submitted_on__isnull=True,
                    stage__in=(ProposalStage.DRAFT, ProposalStage.WITHDRAWN),
                )
                | (
                    ~Q(number="")
                    & ~Q(stage=ProposalStage.DRAFT)
                    & Q(serial__isnull=False, fiscal_year__isnull=False)
                ),
                name="practices_proposal_numbered_when_handed_in",
            ),
            models.CheckConstraint(
                condition=(
                    Q(outcome="", decided_on__isnull=True)
                    & Q(stage__in=(*STAGES_BEFORE_DECISION, ProposalStage.WITHDRAWN, ProposalStage.MERGED))
                )
                | Q(
                    outcome=ProposalOutcome.ADOPTED, stage__in=(ProposalStage.ADOPTED, *STAGES_AFTER_ADOPTION)
                )
                | Q(outcome=ProposalOutcome.PARTLY, stage__in=(ProposalStage.PARTLY, *STAGES_AFTER_ADOPTION))
                | Q(outcome=ProposalOutcome.REJECTED, stage=ProposalStage.REJECTED),
                name="practices_proposal_outcome_fits_stage",
            ),
            models.CheckConstraint(
                condition=~Q(source_key="") | Q(outcome="") | Q(decided_on__isnull=False),
                name="practices_proposal_decision_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(source_key="")
                | Q(outcome__in=("", ProposalOutcome.ADOPTED))
                | ~Q(decision_reason=""),
                name="practices_proposal_refusal_says_why",
                violation_error_message=_("不採用と一部採用には理由を書いてください。"),
            ),
            models.CheckConstraint(
                condition=Q(stage=ProposalStage.MERGED, merged_into__isnull=False)
                | (~Q(stage=ProposalStage.MERGED) & Q(merged_into__isnull=True)),
                name="practices_proposal_merged_into_one",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="practices_proposal_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | ~Q(stage__in=(*STAGES_AT_END, ProposalStage.DRAFT)),
                name="practices_proposal_ended_is_not_due",
            ),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(group_name="", department__isnull=True),
                name="practices_proposal_anonymous_names_nobody",
                violation_error_message=_("名前を伏せるときは、グループ名と部署を空にしてください。"),
            ),
            models.CheckConstraint(
                condition=Q(expected_hours__isnull=True) | Q(expected_hours__gte=0),
                name="practices_proposal_expected_hours_not_negative",
            ),
            models.UniqueConstraint(
                fields=("organisation", "fiscal_year", "serial"), name="practices_proposal_serial_unique"
            ),
            models.UniqueConstraint(
                fields=("organisation", "source_key"),
                condition=~Q(source_key=""),
                name="practices_proposal_imported_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}" if self.number else self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the title also in the form in which lists search it."""
        self.fill_title_key()
        super().save(*args, **kwargs)

    def fill_title_key(self) -> None:
        """Fill what a list's search looks through; for those who make many proposals at once."""
        self.title_key = normalise_key(f"{self.number} {self.title} {self.group_name}")[:400]

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("practices:proposal", self.pk)

    @property
    def hides_authors(self) -> bool:
        """Whether the authors' names stay hidden: they asked for it, and nothing has been decided."""
        return self.is_anonymous and not self.outcome

    @property
    def is_imported(self) -> bool:
        """Whether the record was taken in from another register."""
        return bool(self.source_key)
