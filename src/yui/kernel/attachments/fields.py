"""A form's field for several files; it works with the browser's own chooser."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from yui.kernel.attachments.errors import AttachmentRefused, AttachmentTooLarge, TooManyAttachments
from yui.kernel.attachments.keeping import size_limit
from yui.kernel.attachments.kinds import EXTENSIONS, media_type_of

MOST_FILES = 10


class AttachmentsInput(forms.FileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class AttachmentsField(forms.FileField):
    """Several files at once; its value is a list of ``UploadedFile``, each of a kind that is kept.

    The form needs ``enctype="multipart/form-data"``. What the field lets through, ``keep_upload`` scans and
    keeps.
    """

    widget = AttachmentsInput

    def __init__(self, *, most_files: int = MOST_FILES, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(**options)
        self.most_files = most_files
        endings = [
            f".{each}" for kind, names in EXTENSIONS.items() for each in names if kind != "application/zip"
        ]
        self.widget.attrs.setdefault("accept", ",".join(endings))
        self.help_text = self.help_text or lazy(self._limits, str)()

    def _limits(self) -> str:
        return _("1件%(mb)sMBまで、%(files)s件まで。") % {
            "mb": settings.ATTACHMENT_MB,
            "files": self.most_files,
        }

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files.

        Raises:
            ValidationError: naming every file that cannot be attached.
        """
        given: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        chosen = [each for each in given if each is not None] or [None] * self.required
        files = [super(AttachmentsField, self).clean(each, initial) for each in chosen]
        wrong: list[AttachmentRefused] = []
        if len(files) > self.most_files:
            wrong.append(TooManyAttachments(files[self.most_files].name, limit=self.most_files))
        for file in files[: self.most_files]:
            try:
                _require_kind(file)
            except AttachmentRefused as error:
                wrong.append(error)
        if wrong:
            raise forms.ValidationError(wrong)
        return files


def _require_kind(file: UploadedFile) -> None:
    """Refuse a file that is too large or of a kind that is not kept."""
    if (file.size or 0) > size_limit():
        raise AttachmentTooLarge(str(file.name), limit=settings.ATTACHMENT_MB)
    media_type_of(file, str(file.name), may_be_archive=settings.ATTACHMENT_ZIP)
