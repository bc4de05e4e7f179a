"""What operations on rules refuse, in sentences for the person who asked."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class RuleError(ValidationError):
    """A change that the SOC's rules about rules forbid; forms show it in place."""


class RuleNotEvaluable(RuleError):
    """A rule that the engine cannot evaluate was to be enabled or tried."""

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(
            _("「%(title)s」は使えないルールです: %(reason)s"),
            code="rule_not_evaluable",
            params={"title": title, "reason": reason},
        )


class RuleIsRetired(RuleError):
    """A retired rule was to be enabled, tried or tuned."""

    def __init__(self, title: str) -> None:
        super().__init__(
            _("「%(title)s」は廃止されています。使うには、先に廃止を取り消してください。"),
            code="rule_is_retired",
            params={"title": title},
        )


class ReasonNeeded(RuleError):
    """A decision was to be made without saying why."""

    def __init__(self, why: Any) -> None:
        super().__init__({"reason": ValidationError(_("理由を書いてください: %(why)s"), params={"why": why})})


class NothingToImport(RuleError):
    """A folder or archive holds no rule at all."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("「%(name)s」に Sigma ルール(.yml)がありません。フォルダーか zip・tar を選んでください。"),
            code="nothing_to_import",
            params={"name": name},
        )


class BadExclusion(RuleError):
    """The condition of an exclusion cannot be used."""

    def __init__(self, why: Any) -> None:
        super().__init__(
            {"condition": ValidationError(_("除外の条件を使えません: %(why)s"), params={"why": why})}
        )


class ExclusionTooLong(RuleError):
    """An exclusion was to hold longer than is allowed, or not at all."""

    def __init__(self, days: int) -> None:
        super().__init__(
            {
                "expires_on": ValidationError(
                    _("期限は明日から%(days)s日後までの間で決めてください。"), params={"days": days}
                )
            }
        )


class ExclusionEnded(RuleError):
    """An exclusion that no longer holds was to be withdrawn."""

    def __init__(self) -> None:
        super().__init__(_("この除外はもう終わっています。"), code="exclusion_ended")
