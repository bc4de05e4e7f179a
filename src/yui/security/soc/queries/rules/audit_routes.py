"""Which wards' process and registry events are read from Windows' own auditing, for want of Sysmon."""

from collections.abc import Sequence
from datetime import timedelta

from yui.kernel.calendar_jp import today
from yui.kernel.scope.models import Organisation
from yui.security.soc.engine.sigma.routing import AUDIT
from yui.security.soc.models import SeenField

WHY = "detection runs for every ward"
STILL = timedelta(days=30)
AUDITED = ("NewProcessName", "ObjectValueName")
"""Fields that only Security 4688 (a process begins) and 4657 (a registry value changes) carry."""

SYSMON = ("ProcessGuid", "SourceProcessGUID")
"""Fields of which every event of Sysmon about processes and the registry carries one; nothing else does."""


def audit_routes(wards: Sequence[Organisation]) -> dict[str, frozenset[str]]:
    """Return the optional routes of detection rules for each ward by its code, in one query.

    A ward that sends what Windows audits, and nothing of Sysmon within 30 days, gets ``{"audit"}``. With both
    it gets none: each process of a computer with Sysmon would alert twice.
    """
    rows = (
        SeenField.objects.unscoped(WHY)
        .filter(
            organisation__in=list(wards),
            product="windows",
            field__in=[*AUDITED, *SYSMON],
            last_seen__gte=today() - STILL,
        )
        .values_list("organisation_id", "field")
    )
    seen: dict[int, set[str]] = {}
    for ward, field in rows:
        seen.setdefault(ward, set()).add(field)
    audit = frozenset([AUDIT])
    return {ward.code: audit if _only_audited(seen.get(ward.pk, set())) else frozenset() for ward in wards}


def _only_audited(fields: set[str]) -> bool:
    return not fields.isdisjoint(AUDITED) and fields.isdisjoint(SYSMON)
