"""データ連携: the systems around one system."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yui.kernel.ui.asking import actor_of, attempt, visible_or_404
from yui.registry.forms import LinkForm
from yui.registry.models import DataLink, InformationSystem
from yui.registry.operations import link_systems, unlink_systems
from yui.registry.policies import may_edit
from yui.registry.queries.link_graph import neighbourhood
from yui.registry.views.access import require_edit, visible_system
from yui.registry.views.charting import graph_chart

DEPTHS = (1, 2, 3)


def chosen_depth(request: HttpRequest) -> int:
    """Return how many steps the reader wants to see: one unless asked for two or three."""
    asked = request.GET.get("depth", "")
    return int(asked) if asked in {str(depth) for depth in DEPTHS} else 1


@login_required
def system_links(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the graph around a system, and take in a new link."""
    system = visible_system(request, pk)
    form = link_form(request, system)
    if request.method == "POST":
        require_edit(request, system.organisation)
        done, link = attempt(form, lambda: link_systems(actor_of(request), facts=form.facts()))
        if done and link is not None:
            messages.success(request, _("データ連携を登録しました。"))
            return redirect("registry:system-links", pk=pk)
    depth = chosen_depth(request)
    graph = neighbourhood(actor_of(request), system, depth)
    context = {
        "system": system,
        "depth": depth,
        "depths": DEPTHS,
        "graph": graph,
        "chart": graph_chart(
            graph, _("%(name)s のデータ連携") % {"name": system.name}, finding(graph.links, pk), pk
        ),
        "form": form,
        "may_edit": may_edit(actor_of(request), system.organisation),
    }
    return render(request, "registry/system_links.html", context, status=422 if form.errors else 200)


def link_form(request: HttpRequest, system: InformationSystem) -> LinkForm:
    """Return the form of a new link from the system."""
    return LinkForm(
        request.POST or None,
        actor=actor_of(request),
        organisation=system.organisation,
        initial={"source": system.pk},
    )


def finding(links: tuple[DataLink, ...], pk: int) -> str:
    """Return in words how many links leave and reach the system."""
    out = sum(link.source_id == pk for link in links)
    into = sum(link.target_id == pk for link in links)
    return _("このシステムから出る連携は%(out)d件、入る連携は%(into)d件です。") % {"out": out, "into": into}


@login_required
@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a link and go back to the system from which it came."""
    links = DataLink.objects.visible_to(actor_of(request)).select_related("source__organisation", "target")
    link = visible_or_404(links, pk=pk)
    require_edit(request, link.source.organisation)
    source = link.source_id
    unlink_systems(actor_of(request), link=link)
    messages.success(request, _("データ連携を削除しました。"))
    return redirect("registry:system-links", pk=source)
