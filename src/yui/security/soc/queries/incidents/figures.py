"""The incidents behind a figure, listed as far as the reader may see them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from yui.kernel.measures.values import EvidenceColumn, QuerySetEvidence
from yui.security.soc.engine.incidents import Kind
from yui.security.soc.models import Incident
from yui.security.soc.queries.incidents.moments import standing_by_incident

WHY = "a measure counts the records of every ward; its evidence shows each reader only what he may see"
HOUR = timedelta(hours=1)


def incident_evidence(keys: Iterable[int]) -> QuerySetEvidence:
    """Return the incidents with their times."""
    known = set(keys)
    incidents = Incident.objects.unscoped(WHY).filter(pk__in=known).select_related("organisation")
    standing = standing_by_incident(known)

    def cells(incident: Incident) -> tuple[str, ...]:
        times = standing[incident.pk]
        detected = times.get((incident.round, Kind.DETECTED))
        contained = times.get((incident.round, Kind.CONTAINED))
        hours = (
            f"{(contained.at - detected.at) / HOUR:,.1f}"
            if detected is not None and contained is not None
            else ""
        )
        return (
            incident.organisation.name,
            incident.number,
            incident.title,
            str(incident.get_severity_display()),
            _clock(detected.at if detected else None),
            _clock(contained.at if contained else None),
            hours,
        )

    return QuerySetEvidence(
        incidents.order_by("organisation__sort_order", "number"),
        (
            EvidenceColumn("ward", _("区")),
            EvidenceColumn("number", _("番号")),
            EvidenceColumn("title", _("件名")),
            EvidenceColumn("severity", _("深刻度")),
            EvidenceColumn("detected", _("検知")),
            EvidenceColumn("contained", _("封じ込め完了")),
            EvidenceColumn("hours", _("検知から封じ込めまで(時間)")),
        ),
        cells,
        Incident.get_absolute_url,
    )


def _clock(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""
