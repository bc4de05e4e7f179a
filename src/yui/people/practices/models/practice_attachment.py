"""添付: forms, settings and other files that a ward needs to do the same."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.attachments.models import Attachment
from yui.people.practices.models.practice import Practice


class FilePurpose(models.TextChoices):
    """What a file is for."""

    FORM = "form", _("様式・帳票")
    SETTING = "setting", _("設定ファイル")
    OTHER = "other", _("その他の資料")


class PracticeAttachment(Attachment):
    """A file of a practice."""

    scope_path = "practice"

    practice = models.ForeignKey(
        Practice, on_delete=models.PROTECT, related_name="files", verbose_name=_("グッドプラクティス")
    )
    purpose = models.CharField(_("使いみち"), max_length=8, choices=FilePurpose.choices)

    class Meta(Attachment.Meta):
        verbose_name = _("添付した資料")
        verbose_name_plural = _("添付した資料")
        constraints = [
            *Attachment.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(purpose__in=FilePurpose.values), name="practices_file_purpose_known"
            ),
        ]
