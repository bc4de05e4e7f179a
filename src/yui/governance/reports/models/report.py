"""報告書: one period of one organisation, and what people add in their own words."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from yui.governance.reports.models.plan import ReportKind, ReportPlan
from yui.kernel.calendar_jp import FiscalYear, Month, Period
from yui.kernel.explanations.registry import Topic
from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedChild, ScopedModel, Visibility

APRIL = 4
MOST_WEIGHT = 100
LONGEST_NOTE = 2000


class ReportState(models.TextChoices):
    """How far a report has come; it never goes back."""

    DRAFT = "draft", _("下書き")
    CLOSED = "closed", pgettext_lazy("report", "確定")
    PUBLISHED = "published", pgettext_lazy("report", "公表")


class Report(ScopedModel):
    """The report of a period. A joint one is seen by all wards, a ward's own by that ward."""

    plan = models.ForeignKey(ReportPlan, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(_("種類"), max_length=8, choices=ReportKind.choices)
    first_day = models.DateField(_("期間の初日"))
    state = models.CharField(_("状態"), max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    closed_at = models.DateTimeField(pgettext_lazy("report", "確定した日時"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("確定した人"),
    )
    published_at = models.DateTimeField(_("公表した日時"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        verbose_name = pgettext_lazy("list", "報告書")
        ordering = ("-first_day", "kind", "organisation__sort_order")
        constraints = [
            models.UniqueConstraint(fields=("plan", "first_day"), name="reports_one_report_per_period"),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="reports_kind_known"),
            models.CheckConstraint(
                condition=Q(first_day__day=1)
                & (Q(kind=ReportKind.MONTHLY) | Q(kind=ReportKind.ANNUAL, first_day__month=APRIL)),
                name="reports_period_begins_on_its_first",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT, closed_at__isnull=True, published_at__isnull=True)
                | Q(state=ReportState.CLOSED, closed_at__isnull=False, published_at__isnull=True)
                | Q(state=ReportState.PUBLISHED, closed_at__isnull=False, published_at__gte=F("closed_at")),
                name="reports_state_has_its_moments",
            ),
            models.CheckConstraint(condition=~Q(visibility=Visibility.PUBLIC), name="reports_not_public"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.period.label} {self.whose}"

    def get_absolute_url(self) -> str:
        """Return the address of the report's page."""
        return record_address("reports:report", self.pk)

    @property
    def period(self) -> Period:
        """The month or the fiscal year."""
        if self.kind == ReportKind.ANNUAL:
            return Period.of_fiscal_year(FiscalYear.of(self.first_day))
        return Period.of_month(Month.of(self.first_day))

    @property
    def whose(self) -> str:
        """The ward, or all wards together where the secretariat reports."""
        return self.organisation.name if self.organisation.is_ward else gettext("23区全体")

    @property
    def is_draft(self) -> bool:
        """Whether who edits may still change the notes."""
        return self.state == ReportState.DRAFT

    @property
    def is_published(self) -> bool:
        """Whether a public edition exists."""
        return self.state == ReportState.PUBLISHED


class NoteTopic(models.TextChoices):
    """What a note is for; the same as of what rooms say."""

    CHANGE = Topic.CHANGE.value, _("変化と理由")
    RISK = Topic.RISK.value, _("危険")
    DECISION = Topic.DECISION.value, _("決めてほしいこと")


class Note(ScopedChild):
    """書き添え: a change, a risk or a wanted decision in somebody's words; plain text."""

    scope_path = "report"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="notes")
    topic = models.CharField(_("種類"), max_length=8, choices=NoteTopic.choices)
    text = models.TextField(_("文"), max_length=LONGEST_NOTE, validators=[MaxLengthValidator(LONGEST_NOTE)])
    weight = models.PositiveSmallIntegerField(
        _("重み(0〜100)"), default=50, help_text=_("大きいほど先に書かれます。")
    )
    is_public = models.BooleanField(_("公表する"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("書いた人"),
    )
    written_at = models.DateTimeField(_("書いた日時"), auto_now=True)

    class Meta(ScopedChild.Meta):
        verbose_name = _("書き添え")
        ordering = ("-weight", "id")
        constraints = [
            models.CheckConstraint(condition=Q(topic__in=NoteTopic.values), name="reports_note_topic_known"),
            models.CheckConstraint(condition=~Q(text=""), name="reports_note_says_something"),
            models.CheckConstraint(
                condition=Q(weight__lte=MOST_WEIGHT),
                name="reports_note_weight_up_to_100",
                violation_error_message=_("重みは0から100までです。"),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
