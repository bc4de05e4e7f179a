"""What can go wrong with people and roles, said so that the reader knows what to do."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class MembershipError(ValidationError):
    """A change of people or roles that cannot be made; the message says why and what to do."""


class LastAdministrator(MembershipError):
    """The organisation would be left without an administrator."""

    def __init__(self, organisation_name: str) -> None:
        super().__init__(
            _(
                "{organisation}の管理者がいなくなります。先に別の人を、終了日のない管理者にしてください。"
            ).format(organisation=organisation_name)
        )


class RoleNotOffered(MembershipError):
    """The role does not exist in this kind of organisation."""

    def __init__(self, role_name: str, organisation_name: str) -> None:
        super().__init__(
            _("{organisation}では役割「{role}」を付けられません。ほかの役割を選んでください。").format(
                organisation=organisation_name, role=role_name
            )
        )


class RoleHeldAlready(MembershipError):
    """The person holds this very role already."""

    def __init__(self, person_name: str, role_name: str) -> None:
        super().__init__(
            _("{person}さんはもう役割「{role}」を持っています。ほかの役割を選んでください。").format(
                person=person_name, role=role_name
            )
        )


class PersonKnownOtherwise(MembershipError):
    """The employee id or address belongs to somebody else."""

    def __init__(self, what: str) -> None:
        super().__init__(
            _("{what}はほかの人が使っています。書き間違いがないか確かめてください。").format(what=what)
        )


class SharedPerson(MembershipError):
    """The person holds roles elsewhere too, so one organisation's administrator may not touch the account."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "この職員はほかの団体の役割も持っています。氏名・連絡先・サインインの設定は、"
                "すべての団体を管理する人だけが変えられます。事務局に頼んでください。"
            )
        )


class PeriodReversed(MembershipError):
    """The end lies before the beginning."""

    def __init__(self) -> None:
        super().__init__(_("終了日が開始日より前です。日付を直してください。"))


class DepartmentElsewhere(MembershipError):
    """The department is not one of this organisation, or would be its own ancestor."""

    def __init__(self) -> None:
        super().__init__(_("この部署は選べません。同じ団体の、下位でない部署を選んでください。"))


class CodeTaken(MembershipError):
    """Another record has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _("コード「{code}」はもう使われています。別のコードにしてください。").format(code=code)
        )


class CheckDigitWrong(MembershipError):
    """A municipality's code does not fit its check digit."""

    def __init__(self, code: str) -> None:
        super().__init__(
            _(
                "団体コード「{code}」は検査数字が合いません。総務省の全国地方公共団体コード(6桁)を確かめてください。"
            ).format(code=code)
        )


class ProviderNotSecure(MembershipError):
    """A provider's address is not protected by TLS."""

    def __init__(self) -> None:
        super().__init__(_("発行者のURLは https:// で始めてください。"))
