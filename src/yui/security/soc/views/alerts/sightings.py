"""目撃情報: what several wards saw, told to every ward without saying who."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from yui.kernel.calendar_jp import today
from yui.kernel.exchange.operations.record_export import record_export
from yui.kernel.policy import PermissionRefused, Verb
from yui.kernel.scope.models import Organisation
from yui.kernel.tables.columns import Column, Kind, choice_of
from yui.kernel.tables.filters import DateRangeFilter, Filter
from yui.kernel.tables.table import Table
from yui.kernel.ui.asking import actor_of, visible_or_404
from yui.security.soc.formats.stix_sightings import bundle
from yui.security.soc.models import Sighting
from yui.security.soc.policies import joint_body
from yui.security.soc.queries.alerts.joint import sighting_facts, sightings_for
from yui.security.soc.views.alerts.kinds import KIND_CHOICES, LEVEL_CHOICES, kind_word

MOST_IN_A_FILE = 10_000


def ward_count(sighting: Sighting) -> str:
    """Return the number of wards, or that it is not told."""
    return translated("示さない") if sighting.ward_count is None else str(sighting.ward_count)


class SightingTable(Table):
    """Sightings."""

    code = "soc.sightings"
    title = _("目撃情報")
    search = ("key_value", "label")
    search_hint = _("値")
    columns = (
        Column("value", _("値"), "label", sort="label"),
        Column(
            "kind", _("種類"), lambda sighting: kind_word(sighting.key_kind), sort="key_kind", nowrap=True
        ),
        Column("level", _("重さ"), choice_of("level"), Kind.BADGE, sort="level"),
        Column("first", _("最初の発生"), "first_seen", Kind.DATETIME, sort="first_seen"),
        Column("last", _("最後の発生"), "last_seen", Kind.DATETIME, sort="last_seen"),
        Column("count", _("件数"), "count", Kind.NUMBER, sort="count"),
        Column("wards", _("区の数"), ward_count, align="end"),
        Column("advice", _("区へのお知らせ"), "advice", default=False),
    )
    filters = (
        Filter("kind", _("種類"), "key_kind", KIND_CHOICES),
        Filter("level", _("重さ"), "level", LEVEL_CHOICES),
        DateRangeFilter("last", _("最後の発生"), "last_seen__date"),
    )
    default_sort = "-last"
    empty_title = _("目撃情報はまだありません")
    empty_text = _("二つ以上の区で同じしるしが見つかると、どの区かを伏せて、ここでお知らせします。")


@login_required
@require_safe
def sightings(request: HttpRequest) -> HttpResponseBase:
    """Show the list."""
    return SightingTable(request, sightings_for(actor_of(request))).response("soc/alerts/sightings.html")


@login_required
@require_safe
def sighting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one sighting."""
    actor = actor_of(request)
    found: Sighting = visible_or_404(sightings_for(actor), pk=pk)
    context = {
        "sighting": found,
        "kind": kind_word(found.key_kind),
        "ward_count": ward_count(found),
    }
    return render(request, "soc/alerts/sighting.html", context)


@login_required
@require_safe
def sightings_stix(request: HttpRequest) -> HttpResponse:
    """Return the sightings as a STIX 2.1 bundle, entered into the ledger first."""
    actor = actor_of(request)
    allowed = actor.organisation_ids_with(Verb.EXPORT)
    organisation = Organisation.objects.active().filter(pk__in=sorted(allowed)).first()
    if organisation is None:
        raise PermissionRefused(actor, Verb.EXPORT)
    facts = sighting_facts(actor, sightings_for(actor), MOST_IN_A_FILE)
    record_export(actor, organisation, "soc.sightings", len(facts), file_format="stix")
    answer = HttpResponse(
        bundle(facts, source=joint_body().name_ja), content_type="application/stix+json;version=2.1"
    )
    name = f"sightings_{today():%Y%m%d}.json"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer
