"""Why a rule model cannot be used, and what to do about it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from yui.transition.costs.formats.errors import BillRefused


class ModelRefused(BillRefused):
    """The rules cannot be used; no file was checked."""


class ModelUnreadable(ModelRefused):
    """The file is no requirements model of FOCUS."""

    def __init__(self, name: str, place: str) -> None:
        super().__init__(
            _("規則のファイル {name} を読めません: {place}。").format(name=name, place=place),
            _("FinOps Foundation の model-<版>.json と同じ形の JSON か確かめてください。"),
        )


class ModelHasCycle(ModelRefused):
    """A composite rule contains itself."""

    def __init__(self, rules: Sequence[str]) -> None:
        super().__init__(
            _("規則が自分自身を含んでいます: {rules}。").format(rules=" → ".join(rules[:12])),
            _("規則のファイルを配布元から取り直してください。"),
        )


class UnknownCriterion(ModelRefused):
    """An applicability criterion that the model does not have."""

    def __init__(self, names: Iterable[str], known: Iterable[str]) -> None:
        super().__init__(
            _("適用条件がありません: {names}。").format(names=", ".join(names)),
            _("ALL か、次の中から選んでください: {known}").format(known=", ".join(known)),
        )


class UnknownVersion(ModelRefused):
    """A version of FOCUS for which there are no rules."""

    def __init__(self, version: str, known: Iterable[str]) -> None:
        super().__init__(
            _("FOCUS {version} の規則がありません。").format(version=version),
            _("次の版から選ぶか、--model で規則のファイルを指定してください: {known}").format(
                known=", ".join(known)
            ),
        )
