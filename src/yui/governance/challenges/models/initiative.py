"""取組: what is done about challenges."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yui.governance.challenges.models.challenge import CODE, MARKS, SHOWN_TO, in_readers_language
from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedModel


class Initiative(ScopedModel):
    """One of the article's nine initiatives, or one of an organisation's own.

    ``set_code`` and ``option_code`` name the option of the priorities that stands for it.
    """

    code = models.CharField(_("コード"), max_length=20, validators=[CODE])
    pillar = models.PositiveSmallIntegerField(_("支援策"), choices=list(MARKS.items()))
    title = models.CharField(pgettext_lazy("challenge", "取組"), max_length=120)
    title_en = models.CharField(_("名称(英語)"), max_length=160, blank=True)
    statement = models.TextField(_("取組の内容"), max_length=4000, blank=True)
    department = models.CharField(_("担当する部署"), max_length=120, blank=True)
    set_code = models.CharField(_("優先度の検討のコード"), max_length=20, blank=True)
    option_code = models.CharField(_("選択肢のコード"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("並び順"), default=100)
    is_quoted = models.BooleanField(_("記事の引用"), default=False)

    class Meta(ScopedModel.Meta):
        verbose_name = pgettext_lazy("challenge", "取組")
        ordering = ("pillar", "position", "id")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "code"), name="challenges_initiative_code_once"),
            models.CheckConstraint(condition=~Q(title=""), name="challenges_initiative_is_named"),
            models.CheckConstraint(condition=Q(pillar__range=(1, 3)), name="challenges_initiative_pillar"),
            models.CheckConstraint(
                condition=Q(visibility__in=SHOWN_TO),
                name="challenges_initiative_own_or_all_wards",
                violation_error_message=_("見える範囲は「自区のみ」か「全区」です。"),
            ),
            models.CheckConstraint(
                condition=Q(set_code="", option_code="") | (~Q(set_code="") & ~Q(option_code="")),
                name="challenges_initiative_option_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return record_address("challenges:initiative", self.pk)

    @property
    def name(self) -> str:
        """The title in the reader's language, as far as there is one."""
        return in_readers_language(self.title, self.title_en)

    @property
    def mark(self) -> str:
        """①, ② or ③."""
        return MARKS[self.pillar]
