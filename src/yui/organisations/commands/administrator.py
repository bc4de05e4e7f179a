"""``yui organisations administrator``: the first administrator of an organisation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.kernel.calendar_jp import today
from yui.kernel.policy import Actor, Role
from yui.kernel.scope.models import Organisation
from yui.organisations.errors import MembershipError
from yui.organisations.operations.invite_member import Person, invite_member
from yui.organisations.operations.make_password_link import make_password_link


class Command(BaseCommand):
    """Registers an administrator and prints the path where the password is set, once."""

    help = "団体の管理者を登録する / register an administrator of an organisation"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the organisation and the person."""
        parser.add_argument("code", help="団体コード / organisation code (131032, JB-OFFICE)")
        parser.add_argument("username", help="職員ID / employee id")
        parser.add_argument("name", help="氏名 / name in Japanese")
        parser.add_argument("--email", default="")

    def handle(self, *args: Any, code: str, username: str, name: str, email: str, **options: Any) -> None:
        """Register the person; say what is wrong otherwise."""
        organisation = Organisation.objects.active().filter(code=code).first()
        if organisation is None:
            raise CommandError(f"団体コードがありません / no such organisation: {code}")
        actor = Actor.system("command-line")
        try:
            membership = invite_member(
                actor,
                organisation=organisation,
                person=Person(username, name, email=email),
                role=Role.ADMINISTRATOR,
                department=None,
                valid_from=today(),
            )
            path = make_password_link(actor, user=membership.user, organisation=organisation)
        except MembershipError as error:
            raise CommandError(error.messages[0]) from error
        self.stdout.write(path)
