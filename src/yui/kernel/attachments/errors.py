"""Why a file is not kept; each says which file, why, and what to do."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class AttachmentRefused(ValidationError):
    """A file that cannot be attached; a form shows it beside its field."""

    text: Any = _("「%(name)s」は添付できません。")

    def __init__(self, name: str, **facts: Any) -> None:
        super().__init__(self.text, code=type(self).__name__, params={"name": name[:100], **facts})


class EmptyAttachment(AttachmentRefused):
    """The file holds nothing."""

    text = _("「%(name)s」は空です。中身のあるファイルを選んでください。")


class AttachmentTooLarge(AttachmentRefused):
    """The file passes the limit of this installation."""

    text = _("「%(name)s」は大きすぎます。%(limit)sMBまでのファイルにするか、分けてください。")


class TooManyAttachments(AttachmentRefused):
    """More files at once than a form takes."""

    text = _("一度に添付できるのは%(limit)s件までです。「%(name)s」からあとは、分けて添付してください。")


class KindRefused(AttachmentRefused):
    """The bytes belong to none of the kinds that are kept."""

    text = _(
        "「%(name)s」の種類は添付できません。PDF、Word・Excel・PowerPoint(docx、xlsx、pptx)、"
        "ODF、テキスト、CSV、JSON、XML、画像(PNG、JPEG、WebP、GIF)にしてください。"
    )


class ActiveContentRefused(AttachmentRefused):
    """A page or a drawing that can run programs in a browser (HTML, SVG)."""

    text = _("「%(name)s」は HTML か SVG なので添付できません。PDF か PNG にしてください。")


class MacrosRefused(AttachmentRefused):
    """An office file that carries programs."""

    text = _(
        "「%(name)s」にはマクロが入っています。"
        "マクロのない形式(docx、xlsx、pptx など)で保存し直してください。"
    )


class ArchiveRefused(AttachmentRefused):
    """An archive, which this installation does not keep."""

    text = _("「%(name)s」は圧縮ファイルなので添付できません。中のファイルを一つずつ添付してください。")


class DamagedAttachment(AttachmentRefused):
    """The file breaks off or contradicts itself."""

    text = _("「%(name)s」は壊れているようです。元のソフトで開いて保存し直してください。")


class MalwareFound(AttachmentRefused):
    """The scanner of this installation recognised malware."""

    text = _(
        "「%(name)s」からウイルスが見つかったので、保存しませんでした。セキュリティ担当に知らせてください。"
    )


class ScanFailed(AttachmentRefused):
    """The scanner gave no verdict; without one, nothing is kept."""

    text = _(
        "「%(name)s」のウイルス検査ができなかったので、保存しませんでした(%(reason)s)。"
        "しばらく待ってからやり直し、続くときは管理者に知らせてください。"
    )


class StorageRefused(AttachmentRefused):
    """The disk has no room for the file."""

    text = _("「%(name)s」を保存する空きがありません。管理者に知らせてください。")
