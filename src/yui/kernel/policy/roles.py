"""Roles that a person can hold in an organisation, and the verbs that each role grants."""

from enum import StrEnum
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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


GRANTS = MappingProxyType(
    {
        Role.VIEWER: frozenset({Verb.VIEW, Verb.EXPORT}),
        Role.OFFICER: frozenset({Verb.VIEW, Verb.EDIT, Verb.IMPORT, Verb.EXPORT}),
        Role.ADMINISTRATOR: frozenset(Verb),
        Role.AUDITOR: frozenset({Verb.VIEW, Verb.EXPORT, Verb.AUDIT}),
        Role.JOINT_STAFF: frozenset({Verb.VIEW, Verb.EDIT, Verb.IMPORT, Verb.EXPORT}),
    }
)
