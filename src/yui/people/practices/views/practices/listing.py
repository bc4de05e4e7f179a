"""一覧: the practices that the reader may see."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import BooleanFilter, DateRangeFilter, Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.people.practices.models import Licence, PracticeKind, PracticeState
from yui.people.practices.operations.practices.notice_expiring import NOTICE_DAYS
from yui.people.practices.policies import own_bodies
from yui.people.practices.queries.practices.listing import practices_for
from yui.registry.public import area_choices

SPREAD = (("0", _("まだない")), ("1", _("1区以上")), ("3", _("3区以上")), ("5", _("5区以上")))
VALIDITY = (("soon", _("30日以内に切れる")), ("over", _("切れている")), ("valid", _("切れていない")))


def ward_choices() -> list[tuple[str, str]]:
    """Return the organisations as choices."""
    return [(body.code, body.name) for body in Organisation.objects.active()]


def _areas() -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in area_choices()]


def by_spread(practices: QuerySet, values: list[str]) -> QuerySet:
    """Keep the practices that so many wards have taken up."""
    least = min(int(value) for value in values)
    return practices.filter(adopting__gte=least) if least else practices.filter(adopting=0)


def by_validity(practices: QuerySet, values: list[str]) -> QuerySet:
    """Keep the practices by their last day; the last of several wishes counts."""
    day = today()
    if values[-1] == "over":
        return practices.filter(expires_on__lt=day)
    if values[-1] == "soon":
        return practices.filter(expires_on__gte=day, expires_on__lte=day + timedelta(days=NOTICE_DAYS))
    return practices.filter(expires_on__gte=day)


def failed_or_not(practices: QuerySet, values: list[str]) -> QuerySet:
    """Keep what did not work, or what did."""
    kind = PracticeKind.FAILURE if values[0] == "1" else PracticeKind.SUCCESS
    return practices.filter(kind=kind)


def validity(practice: Any) -> tuple[str, Any] | None:
    """Return whether a practice still holds, where there is something to say."""
    if practice.expires_on is None:
        return None
    left = (practice.expires_on - today()).days
    if left < 0:
        return ("late", _("期限切れ"))
    return ("attention", _("もうすぐ期限")) if left <= NOTICE_DAYS else ("achieved", _("有効"))


class PracticeTable(Table):
    """The list of practices."""

    code = "practices.practices"
    title = _("グッドプラクティス")
    search = ("title_key",)
    search_hint = _("題名")
    columns = (
        Column("title", _("題名"), "title", sort="title_key"),
        Column("ward", _("団体"), "organisation.name", sort="organisation__sort_order", nowrap=True),
        Column("kind", _("結果"), choice_of("kind"), Kind.BADGE, sort="kind"),
        Column("state", _("状態"), choice_of("state"), Kind.BADGE, sort="state"),
        Column("adopting", _("導入を進める区"), "adopting", Kind.NUMBER, sort="adopting"),
        Column("using", _("使っている区"), "using", Kind.NUMBER, sort="using", default=False),
        Column("thanked", _("ありがとう"), "thanked", Kind.NUMBER, sort="thanked", default=False),
        Column("registered", _("登録した日時"), "registered_at", Kind.DATE, sort="registered_at"),
        Column("validity", _("まだ使えるか"), validity, Kind.STATUS, sort="expires_on"),
        Column("expires_on", _("有効期限"), "expires_on", Kind.DATE, sort="expires_on", default=False),
        Column("licence", _("利用条件"), "get_licence_display", sort="licence", default=False),
    )
    filters = (
        Filter("state", _("状態"), "state", PracticeState.choices),
        Filter("ward", _("団体"), "organisation__code", ward_choices),
        Filter("area", _("標準化対象業務"), "areas", _areas),
        BooleanFilter("failed", _("うまくいかなかった事例"), narrow=failed_or_not),
        Filter("spread", _("導入を進める区"), choices=SPREAD, narrow=by_spread),
        Filter("validity", _("有効期限"), choices=VALIDITY, narrow=by_validity),
        Filter("licence", _("利用条件"), "licence", Licence.choices),
        DateRangeFilter("registered", _("登録した日時"), "registered_at__date"),
    )
    default_sort = "-registered"
    empty_title = _("グッドプラクティスがまだありません")
    empty_text = _(
        "うまくいったことも、いかなかったことも、ほかの区の役に立ちます。最初の一つを書いてください。"
    )


@login_required
@require_safe
def practices(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    actor = actor_of(request)
    own = own_bodies(actor)
    context = {"may_add": bool(own), "own": own[:1]}
    return PracticeTable(request, practices_for(actor)).response("practices/practices/list.html", context)
