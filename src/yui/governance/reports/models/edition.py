"""版: frozen content with its hash, and the files that were made of it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yui.governance.reports.models.report import Report, ReportState
from yui.kernel.policy import Actor
from yui.kernel.scope.models import ScopedChild, ScopedManager, ScopedQuerySet

SHA256_LENGTH = 64

HAS_A_HASH = Exact(Length("sha256"), SHA256_LENGTH)


class EditionIsKept(Exception):
    """An edition or a file of one was to be deleted: what was once reported stays."""

    def __init__(self) -> None:
        super().__init__("editions and their files are kept; make a new edition instead")


class Audience(models.TextChoices):
    """For whom an edition is."""

    COUNCIL = "council", _("協議会")
    PUBLIC = "public", pgettext_lazy("report", "公表")


class FileFormat(models.TextChoices):
    """The files of an edition."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Word"
    XLSX = "xlsx", "Excel"


class KeptQuerySet(ScopedQuerySet):
    """Editions and their files: public ones of published reports are for everybody, signed in or not."""

    def visible_to(self, actor: Actor) -> Self:
        """Keep what the actor sees of the reports, and what is public."""
        path = getattr(self.model, "edition_path", "")
        public = Q(**{f"{path}audience": Audience.PUBLIC, f"{path}report__state": ReportState.PUBLISHED})
        visible = super().visible_to(actor).values("pk")
        return self.filter(public | Q(pk__in=visible))._scoped()

    def delete(self) -> Any:
        """Refuse.

        Raises:
            EditionIsKept: always.
        """
        raise EditionIsKept


class KeptManager(ScopedManager.from_queryset(KeptQuerySet)):  # type: ignore[misc]
    """The default manager of editions and their files."""


class Edition(ScopedChild):
    """What a report said at one time, as canonical JSON.

    The database refuses to change an edition. ``made_from`` is the version of Yui that put it together.
    """

    scope_path = "report"
    edition_path: ClassVar[str] = ""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="editions")
    audience = models.CharField(_("読む人"), max_length=8, choices=Audience.choices)
    number = models.PositiveSmallIntegerField(_("版"))
    content = models.TextField(_("内容"))
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH)
    made_at = models.DateTimeField(_("つくった日時"))
    made_from = models.CharField(_("ソフトウェアの版"), max_length=60)

    objects: ClassVar[Any] = KeptManager()

    class Meta(ScopedChild.Meta):
        verbose_name = pgettext_lazy("report", "版")
        ordering = ("audience", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("report", "audience", "number"), name="reports_edition_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="reports_editions_count_from_one"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="reports_audience_known"),
            models.CheckConstraint(condition=HAS_A_HASH, name="reports_edition_has_its_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.get_audience_display()} {self.number}"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse.

        Raises:
            EditionIsKept: always.
        """
        raise EditionIsKept


class EditionFile(ScopedChild):
    """A file as it was first made: whoever makes it again must get the same bytes.

    ``made_with`` names the versions of what made it, so that a difference can be told from a fault.
    """

    scope_path = "edition__report"
    edition_path: ClassVar[str] = "edition__"

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="files")
    language = models.CharField(_("言語"), max_length=2)
    file_format = models.CharField(_("形式"), max_length=4, choices=FileFormat.choices)
    sha256 = models.CharField("SHA-256", max_length=SHA256_LENGTH)
    content = models.BinaryField(_("中身"))
    made_with = models.CharField(_("つくった道具の版"), max_length=200)
    made_at = models.DateTimeField(_("つくった日時"))

    objects: ClassVar[Any] = KeptManager()

    class Meta(ScopedChild.Meta):
        verbose_name = _("版のファイル")
        ordering = ("language", "file_format")
        constraints = [
            models.UniqueConstraint(fields=("edition", "language", "file_format"), name="reports_file_once"),
            models.CheckConstraint(
                condition=Q(file_format__in=FileFormat.values), name="reports_file_format_known"
            ),
            models.CheckConstraint(condition=HAS_A_HASH, name="reports_file_has_its_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.language}.{self.file_format}"

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse.

        Raises:
            EditionIsKept: always.
        """
        raise EditionIsKept
