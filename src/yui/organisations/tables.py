"""The list of an organisation's members."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Role
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import BooleanFilter, Filter
from yui.kernel.tables.table import Table

NOW, ENDED, LATER = "now", "ended", "later"
TIMES = ((NOW, _("今の役割")), (LATER, _("これから")), (ENDED, _("終わった役割")))


def _at_time(rows: QuerySet, chosen: list[str]) -> QuerySet:
    """Keep memberships by whether they are in force, over, or to come."""
    day = today()
    conditions = {
        NOW: Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gt=day)),
        ENDED: Q(valid_to__lte=day),
        LATER: Q(valid_from__gt=day),
    }
    wanted = Q()
    for choice in chosen:
        wanted |= conditions[choice]
    return rows.filter(wanted)


class MemberTable(Table):
    """One line per role, so that a person with two roles has two lines."""

    code = "organisations.members"
    title = _("職員")
    columns: ClassVar[Sequence[Column]] = (
        Column("name", _("氏名"), "user.name", sort="user__name_kana"),
        Column("kana", _("フリガナ"), "user.name_kana", sort="user__name_kana", default=False),
        Column("username", _("職員ID"), "user.username", sort="user__username"),
        Column("email", _("メールアドレス"), "user.email", default=False),
        Column("department", _("部署"), "department.name", sort="department__code"),
        Column("role", _("役割"), lambda m: (m.role, m.get_role_display()), Kind.BADGE, sort="role"),
        Column("valid_from", _("開始日"), "valid_from", Kind.DATE, sort="valid_from"),
        Column("last_day", _("最後の日"), "last_day", Kind.DATE, sort="valid_to"),
        Column("second_factor", _("2要素認証"), "has_second_factor", Kind.BOOL),
        Column(
            "last_login", _("最後のサインイン"), "user.last_login", Kind.DATETIME, sort="user__last_login"
        ),
    )
    search = ("user__search_key",)
    filters: ClassVar[Sequence[Filter]] = (
        Filter("role", _("役割"), "role", Role.choices),
        Filter("time", _("期間"), choices=TIMES, narrow=_at_time),
        BooleanFilter("second_factor", _("2要素認証"), "has_second_factor"),
    )
    default_sort = "name"
    search_hint = _("氏名、フリガナ、職員ID")
    empty_title = _("当てはまる職員がいません")
    empty_text = _("条件を外すか、職員を登録してください。")

    def __init__(self, request: HttpRequest, queryset: QuerySet, organisation: Organisation) -> None:
        super().__init__(request, queryset)
        self.organisation = organisation

    def row_url(self, record: Any) -> str:
        """Lead to the member's record."""
        return reverse("organisations:member", args=[self.organisation.code, record.user_id])

    def export_organisation_id(self) -> int | None:
        """Enter the export into the ledger of the listed organisation, if the reader may export there."""
        allowed = {membership.organisation_id for membership in self.actor.memberships}
        return self.organisation.pk if self.organisation.pk in allowed else super().export_organisation_id()
