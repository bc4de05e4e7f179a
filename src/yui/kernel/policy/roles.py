"""Roles that a person can hold in an organisation, and the verbs that each role grants."""

from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """A role in one organisation."""

    VIEWER = "viewer", _("閲覧")
    OFFICER = "officer", _("担当")
    ADMINISTRATOR = "administrator", _("管理者")
    AUDITOR = "auditor", _("監査")
    JOINT_STAFF = "joint_staff", _("共同体職員")


class Verb(StrEnum):
    """What a person may want to do with an organisation's records."""

    VIEW = "view"
    EDIT = "edit"
    IMPORT = "import"
    EXPORT = "export"
    APPROVE = "approve"
    ADMINISTER = "administer"
    AUDIT = "audit"

    @property
    def label(self) -> str:
        """The verb in the reader's language."""
        return str(_VERB_WORDS[self])


_VERB_WORDS = MappingProxyType(
    {
        Verb.VIEW: pgettext_lazy("permission", "見る"),
        Verb.EDIT: pgettext_lazy("permission", "編集する"),
        Verb.IMPORT: pgettext_lazy("permission", "取り込む"),
        Verb.EXPORT: pgettext_lazy("permission", "書き出す"),
        Verb.APPROVE: pgettext_lazy("permission", "承認する"),
        Verb.ADMINISTER: pgettext_lazy("permission", "管理する"),
        Verb.AUDIT: pgettext_lazy("permission", "監査する"),
    }
)

GRANTS = MappingProxyType(
    {
        Role.VIEWER: frozenset({Verb.VIEW, Verb.EXPORT}),
        Role.OFFICER: frozenset({Verb.VIEW, Verb.EDIT, Verb.IMPORT, Verb.EXPORT}),
        Role.ADMINISTRATOR: frozenset(Verb),
        Role.AUDITOR: frozenset({Verb.VIEW, Verb.EXPORT, Verb.AUDIT}),
        Role.JOINT_STAFF: frozenset({Verb.VIEW, Verb.EDIT, Verb.IMPORT, Verb.EXPORT}),
    }
)
