"""``yui organisations password-link``: lets somebody back in when no administrator can."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.kernel.policy import Actor
from yui.organisations.lock_out import account_named
from yui.organisations.operations.make_password_link import make_password_link
from yui.organisations.queries.homes import home_of


class Command(BaseCommand):
    """Prints the path where the person sets a new password, once."""

    help = "パスワードを決めるリンクを作る / make a one-time link for a new password"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the person."""
        parser.add_argument("username", help="職員IDかメールアドレス / employee id or address")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        """Make the link; say what is wrong otherwise."""
        person = account_named(username)
        home = home_of(person) if person else None
        if person is None or home is None:
            raise CommandError(f"役割のある職員がいません / nobody with a role is called {username}")
        link = make_password_link(Actor.system("command-line"), user=person, organisation=home)
        self.stdout.write(link)
