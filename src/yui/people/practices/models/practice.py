"""グッドプラクティス: what a ward did about a problem, told so that another ward can do it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ParticipantScopedModel, ScopedManager, ScopedQuerySet, Visibility
from yui.kernel.scope.people import person_field
from yui.kernel.tables.normalise import normalise_key
from yui.organisations.public import Department


class PracticeKind(models.TextChoices):
    """How it ended; what did not work is worth as much to the next ward."""

    SUCCESS = "success", _("うまくいった")
    FAILURE = "failure", _("うまくいかなかった")


class PracticeState(models.TextChoices):
    """Where a practice stands; a published one whose new version is being reviewed stays published."""

    DRAFT = "draft", _("下書き")
    IN_REVIEW = "in_review", _("査読中")
    PUBLISHED = "published", _("公開")
    WITHDRAWN = "withdrawn", _("取下げ")


class Licence(models.TextChoices):
    """On which terms text and files may be used again."""

    CC_BY_4 = "cc_by_4", _("CC BY 4.0(出典を書けば自由に使える)")
    CC0 = "cc0", _("CC0(自由に使える)")
    PUBLIC_DATA = "pdl_1", _("公共データ利用規約(第1.0版)")
    WARDS_ONLY = "wards_only", _("特別区の中だけで使える")


AUDIENCES = (
    (Visibility.WARDS.value, Visibility.WARDS.label),
    (Visibility.PARTICIPANTS.value, Visibility.PARTICIPANTS.label),
    (Visibility.OWN.value, Visibility.OWN.label),
)
"""Who may read it once it leaves the drawer; without sign-in nobody does."""


class PracticeQuerySet(ScopedQuerySet):
    """Practices by their state."""

    def published(self) -> "PracticeQuerySet":
        """Keep those that stand published."""
        return self.filter(state=PracticeState.PUBLISHED)


class Practice(ParticipantScopedModel):
    """What stays the same through all versions; the text is in ``PracticeVersion``.

    ``audience`` says who is meant to read it; ``visibility`` follows: a draft is the own ward's, from the
    review on the audience's. ``title`` repeats that of the version which readers see. ``revision`` counts
    the savings of text under work, so that two writers notice each other.
    """

    title = models.CharField(_("題名"), max_length=120)
    title_key = models.CharField(max_length=240, editable=False)
    kind = models.CharField(_("結果"), max_length=8, choices=PracticeKind.choices)
    state = models.CharField(
        _("状態"), max_length=10, choices=PracticeState.choices, default=PracticeState.DRAFT
    )
    audience = models.CharField(_("公開する範囲"), max_length=12, choices=AUDIENCES, default=Visibility.WARDS)
    licence = models.CharField(_("利用条件"), max_length=12, choices=Licence.choices, default=Licence.CC_BY_4)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("連絡先の部署"),
    )
    contact = models.CharField(_("連絡の方法"), max_length=160, blank=True)
    expires_on = models.DateField(_("有効期限"), null=True, blank=True)
    areas: models.ManyToManyField = models.ManyToManyField(
        "registry.StandardBusinessArea", related_name="+", blank=True, verbose_name=_("標準化対象業務")
    )
    systems: models.ManyToManyField = models.ManyToManyField(
        "registry.InformationSystem", related_name="+", blank=True, verbose_name=_("情報システム")
    )
    origin_urn = models.CharField(_("もとになった質問・提案"), max_length=200, blank=True)
    author = person_field(_("書いた人"))
    current = models.ForeignKey(
        "practices.PracticeVersion",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("公開中の版"),
    )
    registered_at = models.DateTimeField(_("登録した日時"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("取り下げた日時"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("取り下げた理由"), max_length=400, blank=True)
    expiry_noticed_for = models.DateField(_("知らせた有効期限"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("更新の回数"), default=0)

    objects: ClassVar[Any] = ScopedManager.from_queryset(PracticeQuerySet)()

    class Meta(ParticipantScopedModel.Meta):
        verbose_name = _("グッドプラクティス")
        verbose_name_plural = _("グッドプラクティス")
        ordering = ("-registered_at", "-id")
        indexes = [
            models.Index(fields=("organisation", "state"), name="practices_of_ward"),
            models.Index(fields=("registered_at",), name="practices_by_registration"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="practices_practice_is_named"),
            models.CheckConstraint(
                condition=Q(kind__in=PracticeKind.values)
                & Q(state__in=PracticeState.values)
                & Q(licence__in=Licence.values)
                & Q(audience__in=[value for value, _label in AUDIENCES]),
                name="practices_practice_words_known",
            ),
            models.CheckConstraint(
                condition=Q(state=PracticeState.DRAFT, visibility=Visibility.OWN)
                | Q(state=PracticeState.WITHDRAWN)
                | (Q(visibility=F("audience")) & ~Q(audience=Visibility.OWN)),
                name="practices_practice_seen_as_far_as_meant",
            ),
            models.CheckConstraint(
                condition=~Q(state=PracticeState.PUBLISHED)
                | Q(current__isnull=False, registered_at__isnull=False),
                name="practices_practice_published_has_a_version",
            ),
            models.CheckConstraint(
                condition=Q(state=PracticeState.WITHDRAWN, withdrawn_at__isnull=False)
                & ~Q(withdrawn_reason="")
                | ~Q(state=PracticeState.WITHDRAWN) & Q(withdrawn_at__isnull=True, withdrawn_reason=""),
                name="practices_practice_withdrawn_says_why",
                violation_error_message=_("取り下げる理由を書いてください。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Fold the title for searching before it is stored."""
        self.title_key = normalise_key(self.title)[:240]
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return the address of the record's page."""
        return record_address("practices:practice", self.pk)
