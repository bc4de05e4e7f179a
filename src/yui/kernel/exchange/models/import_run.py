"""One file on its way in: what it is, how far it came, and what became of its rows."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yui.kernel.exchange.importers import Importer, all_importers
from yui.kernel.links import urn
from yui.kernel.links.addresses import record_address
from yui.kernel.scope.models import ScopedModel

ERRORS_KEPT = 500
ROWS_SHOWN = 50


class RunState(models.TextChoices):
    """Where a file stands."""

    UPLOADED = "uploaded", _("受付")
    PREVIEWED = "previewed", _("確認待ち")
    APPLYING = "applying", _("取り込み中")
    APPLIED = "applied", _("取り込み済み")
    FAILED = "failed", _("失敗")
    CANCELLED = "cancelled", _("取りやめ")


CAN_BE_READ = (RunState.UPLOADED, RunState.PREVIEWED, RunState.FAILED)
# A run that is being applied may be applied again: a killed process leaves this state behind, and two that do
# so at once are kept apart by the row lock and the constraint below.
CAN_BE_APPLIED = (*CAN_BE_READ, RunState.APPLYING)
CAN_BE_CANCELLED = CAN_BE_APPLIED


class ImportRun(ScopedModel):
    """A file of one organisation for one importer.

    ``errors`` holds the first 500 row errors and ``preview`` the first 50 rows, both with their texts in both
    languages; ``failure`` is why the whole file was refused.
    """

    importer = models.CharField(_("種類"), max_length=80)
    original_name = models.CharField(_("ファイル名"), max_length=200)
    sha256 = models.CharField(_("ハッシュ値"), max_length=64)
    size = models.PositiveBigIntegerField(_("大きさ(バイト)"))
    sheet = models.CharField(_("シート"), max_length=100, blank=True)
    state = models.CharField(_("状態"), max_length=12, choices=RunState.choices, default=RunState.UPLOADED)
    rows_read = models.PositiveBigIntegerField(_("読んだ行"), default=0)
    rows_accepted = models.PositiveBigIntegerField(_("取り込んだ行"), default=0)
    rows_rejected = models.PositiveBigIntegerField(_("誤りのある行"), default=0)
    rows_unchanged = models.PositiveBigIntegerField(_("変わらない行"), default=0)
    columns = models.JSONField(_("読んだ列"), default=list, blank=True)
    unknown_columns = models.JSONField(_("使わない列"), default=list, blank=True)
    notes = models.JSONField(_("読み方"), default=list, blank=True)
    preview = models.JSONField(_("はじめの行"), default=list, blank=True)
    errors = models.JSONField(_("行の誤り"), default=list, blank=True)
    failure = models.JSONField(_("失敗の理由"), default=dict, blank=True)
    job_id = models.BigIntegerField(_("処理"), null=True, blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    requested_by_name = models.CharField(_("送った人"), max_length=120, blank=True)
    started_at = models.DateTimeField(_("始めた日時"), null=True, blank=True)
    finished_at = models.DateTimeField(_("終えた日時"), null=True, blank=True)

    class Meta(ScopedModel.Meta):
        ordering = ("-created_at", "-pk")
        verbose_name = _("取り込み")
        indexes = [models.Index(fields=["organisation", "-created_at"], name="import_run_by_organisation")]
        constraints = [
            models.UniqueConstraint(
                fields=["importer", "organisation", "sha256"],
                condition=Q(state=RunState.APPLIED),
                name="import_run_applied_once",
            ),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="import_run_state_known"),
            models.CheckConstraint(
                condition=~Q(state=RunState.APPLIED)
                | Q(rows_read=F("rows_accepted") + F("rows_unchanged") + F("rows_rejected")),
                name="import_run_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    def get_absolute_url(self) -> str:
        """Return the address of the run's page."""
        return record_address("exchange:run", self.pk)

    @property
    def urn(self) -> str:
        """The run's name in ledger and events."""
        return urn("exchange.run", self.pk)

    @property
    def known_importer(self) -> Importer | None:
        """The importer, None where its room is gone."""
        return next((one for one in all_importers() if one.code == self.importer), None)

    @property
    def importer_title(self) -> str:
        """What is taken in, for people."""
        known = self.known_importer
        return str(known.title) if known else self.importer

    @property
    def failure_text(self) -> dict[str, str]:
        """Message and remedy of the refusal in the reader's language."""
        return {key: in_reader_language(text) for key, text in self.failure.items()}

    @property
    def rows_good(self) -> int:
        """Rows of the preview without an error."""
        return self.rows_read - self.rows_rejected

    @property
    def can_be_applied(self) -> bool:
        """Whether there is something to apply."""
        return self.state in CAN_BE_APPLIED and bool(self.rows_good)

    def error_lines(self) -> list[dict[str, Any]]:
        """Return the kept row errors with their texts in the reader's language."""
        texts = ("column", "message", "remedy")
        return [{**error, **{key: in_reader_language(error[key]) for key in texts}} for error in self.errors]


def in_reader_language(text: "dict[str, str] | str") -> str:
    """Return a text stored in both languages as the reader reads it."""
    if isinstance(text, str):
        return text
    language = "en" if (get_language() or "").startswith("en") else "ja"
    return text.get(language) or text.get("ja", "")
