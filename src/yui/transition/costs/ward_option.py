"""The option ``--ward`` of the room's commands."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from yui.kernel.scope.models import Organisation


def add_ward(parser: ArgumentParser) -> None:
    """Take the code of one organisation; without it all are meant."""
    parser.add_argument("--ward", default="", metavar="CODE")


def organisations_named(code: str) -> list[Organisation]:
    """Return the organisation with the code, or all active ones without a code.

    Raises:
        CommandError: for a code that no organisation has.
    """
    found = Organisation.objects.active()
    if code:
        found = found.filter(code=code)
        if not found.exists():
            raise CommandError(f"--ward: {code}?")
    return list(found)
