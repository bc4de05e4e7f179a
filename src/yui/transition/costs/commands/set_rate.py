"""``yui costs set-rate``."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from yui.kernel.calendar_jp import DateNotUnderstood, Month
from yui.kernel.money import AmountNotUnderstood, to_decimal
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.transition.costs.operations.set_exchange_rate import set_exchange_rate


class Command(BaseCommand):
    """Sets an exchange rate."""

    help = "為替レートを入力する / set the yen of one unit of a currency in a month"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take currency, month, yen and source."""
        parser.add_argument("currency", help="USD")
        parser.add_argument("month", help="2026-04")
        parser.add_argument("yen_per_unit", help="149.85")
        parser.add_argument("--source", required=True, help="出典")
        parser.add_argument("--organisation", default="", metavar="CODE", help="共同体(既定は事務局)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Set the rate and print it."""
        joint = Organisation.objects.active().filter(kind=OrganisationKind.JOINT_BODY)
        if options["organisation"]:
            joint = joint.filter(code=options["organisation"])
        organisation = joint.first()
        if organisation is None:
            raise CommandError("--organisation: 共同体が見つかりません / no such joint body")
        try:
            rate = set_exchange_rate(
                Actor.system("command line"),
                organisation=organisation,
                currency=options["currency"].upper(),
                month=Month.parse(options["month"]),
                yen_per_unit=to_decimal(options["yen_per_unit"]),
                source=options["source"],
            )
        except (AmountNotUnderstood, DateNotUnderstood) as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(str(rate))
