"""一覧: the senders that the reader may see, and which of them are silent."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Verb
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of
from yui.security.soc.models import LogSender, SenderProof, SenderProtocol
from yui.security.soc.queries.senders.silence import SILENT_MINUTES, senders_for, silent, silent_senders

STATES = (
    ("heard", gettext_lazy("届いている")),
    ("silent", gettext_lazy("届いていない")),
    ("ended", gettext_lazy("期限が過ぎた")),
    ("revoked", gettext_lazy("止めた")),
)


def state_of(sender: LogSender, moment: datetime) -> tuple[str, str]:
    """Return how a sender stands, as code and word."""
    if sender.revoked_at is not None:
        return "revoked", _("止めた")
    if sender.expires_at is not None and sender.expires_at <= moment:
        return "ended", _("期限が過ぎた")
    heard = sender.last_seen_at
    is_silent = heard is None or (moment - heard).total_seconds() > SILENT_MINUTES * 60
    return ("silent", _("届いていない")) if is_silent else ("heard", _("届いている"))


def protocols_of(sender: LogSender) -> str:
    """Return the protocols by their names."""
    names = dict(SenderProtocol.choices)
    return "、".join(str(names.get(code, code)) for code in sender.protocols)


def _by_state(senders: QuerySet, values: list[str]) -> QuerySet:
    moment = now()
    active = Q(revoked_at__isnull=True) & (Q(expires_at__isnull=True) | Q(expires_at__gt=moment))
    conditions = {
        "heard": active & ~silent(),
        "silent": active & silent(),
        "ended": Q(revoked_at__isnull=True, expires_at__lte=moment),
        "revoked": Q(revoked_at__isnull=False),
    }
    wanted = Q()
    for value in values:
        wanted |= conditions[value]
    return senders.filter(wanted)


class SenderTable(Table):
    """The list of senders."""

    code = "soc.senders"
    title = gettext_lazy("ログの送信元")
    search = ("name",)
    search_hint = gettext_lazy("名前")
    columns = (
        Column("name", gettext_lazy("名前"), "name", sort="name"),
        Column("ward", gettext_lazy("区"), "organisation.name", sort="organisation__sort_order", nowrap=True),
        Column("state", gettext_lazy("状態"), lambda sender: state_of(sender, now()), Kind.BADGE),
        Column("proof", gettext_lazy("確認の方法"), "get_proof_display", sort="proof"),
        Column("protocols", gettext_lazy("受け付ける形式"), protocols_of),
        Column("seen", gettext_lazy("最後に届いた日時"), "last_seen_at", Kind.DATETIME, sort="last_seen_at"),
        Column(
            "expires", gettext_lazy("期限"), "expires_at", Kind.DATETIME, sort="expires_at", default=False
        ),
        Column("system", gettext_lazy("情報システム"), "system.name", default=False),
    )
    filters = (
        Filter("state", gettext_lazy("状態"), choices=STATES, narrow=_by_state),
        Filter("proof", gettext_lazy("確認の方法"), "proof", SenderProof.choices),
    )
    default_sort = "ward"
    empty_title = gettext_lazy("ログの送信元がまだありません")
    empty_text = gettext_lazy(
        "ここには、ログを送る機器やサーバーが並びます。登録すると、設定の例とトークンが出ます。"
    )


@login_required
@require_safe
def senders(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    actor = actor_of(request)
    context = {
        "may_add": bool(actor.organisation_ids_with(Verb.EDIT)),
        "silent": list(silent_senders(actor)[:10]),
        "minutes": SILENT_MINUTES,
    }
    return SenderTable(request, senders_for(actor)).response("soc/senders/list.html", context)
