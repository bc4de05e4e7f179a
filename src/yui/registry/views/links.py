"""データ連携図: every data link of one organisation."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from yui.kernel.ui.asking import actor_of
from yui.registry.queries.link_graph import whole_graph
from yui.registry.views.access import chosen_organisation
from yui.registry.views.charting import graph_chart


@login_required
@require_safe
def links(request: HttpRequest) -> HttpResponse:
    """Show the graph of the organisation and its links as a table."""
    organisation, organisations = chosen_organisation(request)
    graph = whole_graph(actor_of(request), organisation)
    words = _("%(systems)d個のシステムが%(links)d件の連携でつながっています。") % {
        "systems": len(graph.systems),
        "links": len(graph.links),
    }
    context = {
        "organisation": organisation,
        "organisations": organisations,
        "graph": graph,
        "chart": graph_chart(graph, _("%(name)s のデータ連携") % {"name": organisation.name}, words),
    }
    return render(request, "registry/links.html", context)
