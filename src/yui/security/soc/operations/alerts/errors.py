"""What operations on alerts refuse, in sentences for the person who asked."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_MOST_NAMED = 5


class AlertRefused(ValidationError):
    """A step that the work on alerts forbids; pages show it in place."""


class UnknownRule(AlertRefused):
    """A detector names rules that are not stored."""

    def __init__(self, rules: Sequence[object]) -> None:
        super().__init__(
            _("登録していないルールです: %(rules)s。先に「yui soc rules import」で取り込んでください。"),
            code="unknown_rule",
            params={"rules": "、".join(str(rule) for rule in rules[:_MOST_NAMED])},
        )
