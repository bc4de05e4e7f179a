"""保存期間: for how many days the ward keeps its events."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yui.kernel.ledger.history import history_of
from yui.kernel.links import urn
from yui.kernel.policy import PermissionRefused, Verb, allows
from yui.kernel.ui.asking import actor_of, attempt
from yui.security.soc.event_store.retention import Retention, sizes
from yui.security.soc.models import EVERY_CLASS
from yui.security.soc.operations.senders.keep_events import keep_events
from yui.security.soc.queries.senders.retention_of import retention_of
from yui.security.soc.views.senders.entrustment import own_ward

CLASSES = (
    (1007, gettext_lazy("プロセスの起動(1007)")),
    (1001, gettext_lazy("ファイルの操作(1001)")),
    (3002, gettext_lazy("認証(3002)")),
    (4001, gettext_lazy("通信(4001)")),
    (4002, gettext_lazy("Webの閲覧(4002)")),
    (4003, gettext_lazy("名前の問い合わせ(4003)")),
    (6003, gettext_lazy("クラウドの操作(6003)")),
)
"""OCSF classes that grow most, and the one that laws and contracts ask to keep longest."""


class RetentionForm(forms.Form):
    """Days for everything, and other days for single classes."""

    def __init__(self, *args: Any, standing: Retention, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["class_0"] = forms.IntegerField(
            label=_("すべてのログ(日)"), min_value=30, max_value=3660, initial=standing.days
        )
        for uid, title in CLASSES:
            self.fields[f"class_{uid}"] = forms.IntegerField(
                label=title, min_value=30, max_value=3660, required=False, initial=standing.by_class.get(uid)
            )

    def days(self) -> dict[int, int]:
        """Return the days by class; classes left empty follow the first number."""
        given = {int(name.removeprefix("class_")): value for name, value in self.cleaned_data.items()}
        return {uid: value for uid, value in given.items() if value is not None or uid == EVERY_CLASS}


@login_required
def retention(request: HttpRequest) -> HttpResponse:
    """Show for how long events are kept and how much there is; the ward's administrator decides here."""
    actor, ward = actor_of(request), own_ward(request)
    standing = retention_of(ward)
    form = RetentionForm(request.POST or None, standing=standing)
    may_administer = allows(actor, Verb.ADMINISTER, ward)
    if request.method == "POST":
        if not may_administer:
            raise PermissionRefused(actor, Verb.ADMINISTER)
        done, changed = attempt(form, lambda: keep_events(actor, ward=ward, days=form.days()))
        if done:
            messages.success(
                request, _("保存期間を変えました。") if changed else _("変わったところはありません。")
            )
            return redirect("soc:retention")
    rows, size = sizes([ward.code]).get(ward.code, (0, 0))
    context = {
        "ward": ward,
        "form": form,
        "standing": standing,
        "rows": rows,
        "megabytes": size / 1_000_000,
        "may_administer": may_administer,
        "entries": history_of(urn("soc.retention", ward.code)),
    }
    return render(request, "soc/senders/retention.html", context, status=422 if form.errors else 200)
