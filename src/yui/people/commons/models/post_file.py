"""Files that came with posts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yui.kernel.attachments.models import Attachment


class PostFile(Attachment):
    """A file that came with a post."""

    scope_path = "post__question"

    post = models.ForeignKey("commons.Post", on_delete=models.CASCADE, related_name="files")

    class Meta(Attachment.Meta):
        verbose_name = _("添付ファイル")

    def __str__(self) -> str:
        return self.name
