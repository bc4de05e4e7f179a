"""Who hears that a draft waits."""

from django.utils.translation import gettext_lazy as _

from yui.governance.reports.models import Report
from yui.kernel.calendar_jp import today
from yui.kernel.links import urn
from yui.kernel.notices.public import MailTiming, NoticeKind, notify
from yui.kernel.policy import GRANTS, Role, Verb
from yui.organisations.public import Membership

KIND_WAITING = "reports.report.waiting"
NOTICE_KINDS = (NoticeKind(KIND_WAITING, _("確定を待つ報告書"), MailTiming.DAILY),)


def tell_approvers(report: Report) -> int:
    """Tell those who approve for the organisation that a draft waits; return how many."""
    approving = [role for role in Role if Verb.APPROVE in GRANTS[role]]
    members = Membership.objects.owned_by(report.organisation).valid_on(today())
    people = members.filter(role__in=approving, user__is_active=True)
    return notify(
        people.values_list("user_id", flat=True),
        kind=KIND_WAITING,
        title=f"{report}ができました。読んで確定してください。",
        url=report.get_absolute_url(),
        urn=urn("reports.report", report.pk),
        organisation=report.organisation,
    )
