"""``yui demo``: three fiscal years of 架空データ for the 23 wards."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from yui.conf.rooms import modules_named
from yui.kernel.calendar_jp import Month, today
from yui.kernel.demonstration import SEED, Demonstration
from yui.kernel.scope.models import Organisation
from yui.kernel.scope.querysets import unscoped_allowed
from yui.organisations.operations.ensure_organisations import ensure_organisations

MONTHS = 36


def demonstration(seed: int) -> Demonstration:
    """Return the run that ends with the last closed month."""
    last = Month.of(today()).previous()
    return Demonstration(last.shift(1 - MONTHS), last, list(Organisation.objects.wards()), seed)


class Command(BaseCommand):
    """Fill an empty installation with data that is marked as made up."""

    help = "3年度分の架空データを入れる / fill with three fiscal years of made-up data"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the seed."""
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args: Any, seed: int, **options: Any) -> None:
        """Let every room seed its part, all in one transaction."""
        mark = settings.HOME / "demonstration"
        if mark.exists():
            self.stdout.write(_("架空データはもう入っています。"))
            return
        ensure_organisations()
        order = {name: position for position, name in enumerate(settings.ROOMS)}
        rooms = sorted(modules_named("demo"), key=lambda found: order.get(found[0].name, len(order)))
        begun = time.monotonic()
        try:
            with transaction.atomic(), unscoped_allowed("demonstration data"):
                demo = demonstration(seed)
                for app, module in rooms:
                    started = time.monotonic()
                    module.seed(demo)
                    self.stdout.write(f"  {app.label:<16} {time.monotonic() - started:5.1f} s")
        except Exception as error:
            raise CommandError(
                _("架空データを入れられませんでした。何も変わっていません: {error}").format(error=error)
            ) from error
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        self.stdout.write(f"{time.monotonic() - begun:.1f} s")
