"""Senders that have fallen silent: without their logs nothing is detected, and nobody notices."""

from datetime import timedelta

from django.db.models import Q, QuerySet

from yui.kernel.calendar_jp import now
from yui.kernel.policy import Actor
from yui.security.soc.models import LogSender

SILENT_MINUTES = 60


def senders_for(actor: Actor) -> QuerySet[LogSender]:
    """Return the senders that ``actor`` may see."""
    found: QuerySet[LogSender] = LogSender.objects.visible_to(actor).select_related("organisation", "system")
    return found


def silent(minutes: int = SILENT_MINUTES) -> Q:
    """Return the condition on active senders that were not heard for so long, or never."""
    return Q(last_seen_at__isnull=True) | Q(last_seen_at__lt=now() - timedelta(minutes=minutes))


def silent_senders(actor: Actor, minutes: int = SILENT_MINUTES) -> QuerySet[LogSender]:
    """Return the active senders that ``actor`` may see and that have fallen silent, the longest first."""
    active = LogSender.objects.visible_to(actor).active_at(now()).filter(silent(minutes))
    found: QuerySet[LogSender] = active.select_related("organisation").order_by("last_seen_at", "pk")
    return found
