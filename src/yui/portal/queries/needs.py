"""What waits for a reader: imports to confirm, work that failed, contracts that end soon, odd costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from yui.kernel.calendar_jp import format_date, today
from yui.kernel.exchange.models import ImportRun, RunState
from yui.kernel.policy import Actor, Verb
from yui.kernel.tasks.models import Job, JobState
from yui.registry.public import contracts_ending
from yui.transition.costs.public import open_anomalies

NOTICE_DAYS = 90
MOST_PER_SORT = 20


@dataclass(frozen=True)
class Need:
    """One thing to do: what, why, where, and by when if there is a day."""

    sort: str
    title: str
    detail: str
    url: str
    due: date | None = None


def needs(actor: Actor) -> list[Need]:
    """Return what waits for ``actor``, the most pressing first."""
    found = [*_imports(actor), *_jobs(actor), *_contracts(actor), *_anomalies(actor)]
    return sorted(found, key=lambda need: (need.due is None, need.due or date.max))


def _imports(actor: Actor) -> Iterator[Need]:
    runs = ImportRun.objects.visible_to(actor).filter(
        organisation_id__in=sorted(actor.organisation_ids_with(Verb.IMPORT)),
        state__in=[RunState.UPLOADED, RunState.PREVIEWED],
    )
    for run in runs.order_by("-id")[:MOST_PER_SORT]:
        yield Need(_("取り込みの確認"), run.original_name, str(run.importer_title), run.get_absolute_url())


def _jobs(actor: Actor) -> Iterator[Need]:
    if actor.user_id is None:
        return
    jobs = Job.objects.visible_to(actor).filter(requested_by=actor.user_id, state=JobState.FAILED)
    for job in jobs.order_by("-id")[:MOST_PER_SORT]:
        yield Need(_("失敗した処理"), str(job), job.error[:120], job.get_absolute_url())


def _contracts(actor: Actor) -> Iterator[Need]:
    editable = sorted(actor.organisation_ids_with(Verb.EDIT))
    for contract in contracts_ending(actor, editable, today(), NOTICE_DAYS, limit=MOST_PER_SORT):
        yield Need(
            _("契約の終わり"),
            contract.title,
            _("{name}・{day}まで").format(name=contract.vendor_name, day=format_date(contract.ends_on)),
            reverse("registry:contract", args=[contract.id]),
            contract.ends_on,
        )


def _anomalies(actor: Actor) -> Iterator[Need]:
    for anomaly in open_anomalies(actor, limit=MOST_PER_SORT):
        yield Need(_("気になる増減"), anomaly.title, f"{anomaly.kind} {anomaly.change}", anomaly.url)
