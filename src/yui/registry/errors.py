"""What operations of the registry raise, in sentences for the person who asked."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class RegistryError(ValidationError):
    """A change that the registry's rules forbid; forms and importers show it in place."""


class OtherOrganisation(RegistryError):
    """Records of two organisations were to be joined."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("「%(what)s」はこの団体の記録ではありません。同じ団体の記録を選んでください。"),
            code="other_organisation",
            params={"what": what},
        )


class AlreadyRetired(RegistryError):
    """A retired system was to be retired again or given new work."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("「%(name)s」は廃止されています。使うには、編集の画面で状態を「稼働中」に戻してください。"),
            code="already_retired",
            params={"name": name},
        )


class TwoPeopleNeeded(RegistryError):
    """The person who requested a change was to decide on it."""

    def __init__(self) -> None:
        super().__init__(
            _("申請した人は承認できません。ほかの管理者に頼んでください。"), code="two_people_needed"
        )


class WrongChangeStatus(RegistryError):
    """A change is not in the state that the step starts from."""

    def __init__(self, status: str) -> None:
        super().__init__(
            _("この変更は「%(status)s」です。画面を開き直して、今の状態を確かめてください。"),
            code="wrong_change_status",
            params={"status": status},
        )


class OutageAlreadyClosed(RegistryError):
    """An outage that has ended was to be closed again."""

    def __init__(self) -> None:
        super().__init__(
            _("この障害はもう復旧しています。日時を直すには「編集する」を押してください。"),
            code="outage_already_closed",
        )


class NotAWard(RegistryError):
    """A standard migration was to be recorded for an organisation that is no ward."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("「%(name)s」は特別区ではありません。標準化の移行は区ごとに記録します。"),
            code="not_a_ward",
            params={"name": name},
        )
