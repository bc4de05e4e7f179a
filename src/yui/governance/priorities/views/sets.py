"""優先度の検討: the list of sets, and a new one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.governance.priorities.forms import SetForm
from yui.governance.priorities.models import SetState
from yui.governance.priorities.operations import make_set
from yui.governance.priorities.policies import may_keep_somewhere
from yui.governance.priorities.queries.sets import sets_for
from yui.kernel.tables.columns import Column, Kind
from yui.kernel.tables.filters import Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of, attempt, keeping_organisation


class SetTable(Table):
    """The list of sets."""

    code = "priorities.sets"
    title = _("優先度の検討")
    search = ("title", "code")
    search_hint = _("名称、コード")
    columns = (
        Column("title", _("名称"), "title", sort="title"),
        Column("code", _("コード"), "code", sort="code"),
        Column("organisation", _("決める団体"), "organisation.name", sort="organisation__sort_order"),
        Column("state", _("状態"), lambda each: (each.state, each.get_state_display()), Kind.BADGE),
    )
    filters = (Filter("state", _("状態"), "state", SetState.choices),)
    default_sort = "code"
    empty_title = _("優先度の検討がまだありません")
    empty_text = _("どの施策を先にするかを、観点ごとの点数と重みで決めます。")


@login_required
@require_safe
def sets(request: HttpRequest) -> HttpResponseBase:
    """Show the sets that the reader may see."""
    actor = actor_of(request)
    context = {"may_keep": may_keep_somewhere(actor)}
    return SetTable(request, sets_for(actor)).response("priorities/sets.html", context)


@login_required
def new_set(request: HttpRequest) -> HttpResponse:
    """Make a set with the article's five criteria."""
    organisation = keeping_organisation(request)
    form = SetForm(request.POST or None)
    if request.method == "POST":
        done, made = attempt(
            form,
            lambda: make_set(
                actor_of(request),
                organisation=organisation,
                facts=form.facts(),
                participants=form.taking_part(),
            ),
        )
        if done and made is not None:
            messages.success(
                request, gettext("優先度の検討「%(name)s」をつくりました。") % {"name": made.title}
            )
            return redirect("priorities:scores", made.pk)
    context = {"form": form, "organisation": organisation}
    return render(request, "priorities/set_form.html", context, status=422 if form.errors else 200)
