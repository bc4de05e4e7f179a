"""課題: what is wrong, whose it is, and what happens if it is left."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedModel, Visibility

CODE = RegexValidator(r"\A[0-9A-Za-z][0-9A-Za-z._-]{0,19}\Z", _("英数字と「.」「-」「_」で書いてください。"))
SHOWN_TO = (Visibility.OWN, Visibility.WARDS)
"""Whom records of this room may be shown to: their own organisation, or all wards."""
PILLARS = (1, 2, 3)
MARKS = {1: "①", 2: "②", 3: "③"}


def in_readers_language(japanese: str, english: str) -> str:
    """Return the English text to a reader of English where there is one, else the Japanese."""
    return english if english and (get_language() or "").startswith("en") else japanese


class Whose(models.TextChoices):
    """Whom a challenge hurts, as the article groups them."""

    RESIDENTS = "residents", _("住民")
    COMMUNITY = "community", _("地域社会")
    ADMINISTRATION = "administration", pgettext_lazy("challenge", "行政")


class ChallengeState(models.TextChoices):
    """How a challenge stands."""

    OPEN = "open", pgettext_lazy("challenge", "残っている")
    EASED = "eased", pgettext_lazy("challenge", "軽くなった")
    CLOSED = "closed", pgettext_lazy("challenge", "なくなった")


class Challenge(ScopedModel):
    """One challenge. What is not open any more says why, and since when.

    ``is_quoted`` says that its texts are the article's, which nobody here has checked. An empty text of a
    quoted challenge is one that the article does not give.
    """

    code = models.CharField(_("コード"), max_length=20, validators=[CODE])
    title = models.CharField(pgettext_lazy("list", "課題"), max_length=120)
    title_en = models.CharField(_("名称(英語)"), max_length=160, blank=True)
    whose = models.CharField(_("だれの課題か"), max_length=16, choices=Whose.choices)
    statement = models.TextField(_("どんな課題か"), max_length=4000, blank=True)
    harm_if_left = models.TextField(_("放置した場合の悪影響"), max_length=4000, blank=True)
    for_pillar_1 = models.BooleanField("①", default=False)
    for_pillar_2 = models.BooleanField("②", default=False)
    for_pillar_3 = models.BooleanField("③", default=False)
    state = models.CharField(
        _("状態"), max_length=8, choices=ChallengeState.choices, default=ChallengeState.OPEN
    )
    reason = models.TextField(_("理由"), max_length=2000, blank=True)
    changed_on = models.DateField(_("状態が変わった日"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("並び順"), default=100)
    is_quoted = models.BooleanField(_("記事の引用"), default=False)

    class Meta(ScopedModel.Meta):
        verbose_name = pgettext_lazy("list", "課題")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=("organisation", "code"), name="challenges_challenge_code_once"),
            models.CheckConstraint(condition=~Q(title=""), name="challenges_challenge_is_named"),
            models.CheckConstraint(
                condition=Q(whose__in=Whose.values), name="challenges_challenge_whose_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ChallengeState.values), name="challenges_challenge_state_known"
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=SHOWN_TO),
                name="challenges_challenge_own_or_all_wards",
                violation_error_message=_("見える範囲は「自区のみ」か「全区」です。"),
            ),
            models.CheckConstraint(
                condition=Q(for_pillar_1=True) | Q(for_pillar_2=True) | Q(for_pillar_3=True),
                name="challenges_challenge_has_a_pillar",
                violation_error_message=_("関係する支援策を1つ以上選んでください。"),
            ),
            models.CheckConstraint(
                condition=Q(state=ChallengeState.OPEN) | (~Q(reason="") & Q(changed_on__isnull=False)),
                name="challenges_what_is_not_open_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return record_address("challenges:challenge", self.pk)

    @property
    def name(self) -> str:
        """The title in the reader's language, as far as there is one."""
        return in_readers_language(self.title, self.title_en)

    @property
    def pillars(self) -> tuple[int, ...]:
        """The numbers of the pillars (支援策) that it concerns."""
        return tuple(number for number in PILLARS if getattr(self, f"for_pillar_{number}"))

    @property
    def marks(self) -> str:
        """The pillars as their signs: ``①③``."""
        return "".join(MARKS[number] for number in self.pillars)

    @property
    def is_open(self) -> bool:
        """Whether it is as bad as when it was found."""
        return self.state == ChallengeState.OPEN
