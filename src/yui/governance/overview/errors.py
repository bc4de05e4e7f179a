"""What can be wrong with a question about the present state."""

from django.utils.translation import gettext as _


class UnknownView(ValueError):
    """There is no view of this name."""

    def __init__(self, code: str, known: str) -> None:
        super().__init__(
            _("現状データに「{code}」はありません。あるのは {known} です。").format(code=code, known=known)
        )


class UnknownPanel(ValueError):
    """The view has no panel of this name with figures."""

    def __init__(self, code: str) -> None:
        super().__init__(_("「{code}」という図はないか、データがありません。").format(code=code))
