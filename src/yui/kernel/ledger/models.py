"""Entries of the ledger and the heads of its chains."""

import json
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from yui.kernel.policy import Actor, Verb

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads of the ledger."""

    def visible_to(self, actor: Actor) -> "EntryQuerySet":
        """Keep the entries of the organisations that the actor may audit."""
        if actor.is_system:
            return self.all()
        return self.filter(organisation_code__in=sorted(actor.organisation_codes_with(Verb.AUDIT)))


class Entry(models.Model):
    """One recorded act; never changed, never deleted."""

    organisation_code = models.CharField(_("団体コード"), max_length=12)
    sequence = models.PositiveBigIntegerField(_("通し番号"))
    at_us = models.BigIntegerField(_("時刻(1970年からのマイクロ秒)"))
    actor = models.CharField(_("行った人"), max_length=200)
    verb = models.CharField(pgettext_lazy("ledger", "操作"), max_length=100)
    subject = models.CharField(_("対象"), max_length=200)
    payload = models.TextField(_("内容"))
    hash = models.BinaryField(_("ハッシュ"), max_length=32)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("台帳の記録")
        constraints = [
            models.UniqueConstraint(fields=["organisation_code", "sequence"], name="ledger_sequence_unique"),
        ]
        indexes = [models.Index(fields=["subject", "at_us"], name="ledger_by_subject")]

    def __str__(self) -> str:
        return f"{self.organisation_code}#{self.sequence} {self.verb}"

    @property
    def at(self) -> datetime:
        """When the act was recorded, aware."""
        return EPOCH + timedelta(microseconds=self.at_us)

    @property
    def actor_name(self) -> str:
        """The actor's name of that day."""
        return self.actor.partition("|")[2] or self.actor

    @cached_property
    def content(self) -> dict[str, Any]:
        """The payload, decoded."""
        return json.loads(self.payload)


class Chain(models.Model):
    """The head of one organisation's chain; locked while an entry is appended."""

    organisation_code = models.CharField(_("団体コード"), max_length=12, primary_key=True)
    length = models.PositiveBigIntegerField(_("記録の数"), default=0)
    head = models.BinaryField(_("最後のハッシュ"), max_length=32)

    class Meta:
        verbose_name = _("台帳の鎖")

    def __str__(self) -> str:
        return f"{self.organisation_code} ({self.length})"
