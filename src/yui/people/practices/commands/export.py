"""``yui practices export``: write all practices of a ward as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.practices.operations.practices import export_practices


class Command(BaseCommand):
    """Writes practices with their versions, figures and adoptions."""

    help = "グッドプラクティスをJSONで書き出す / Write the practices of a ward as JSON"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the ward and the file."""
        parser.add_argument("--ward", required=True, help="団体コード / organisation code, e.g. 131032")
        parser.add_argument("--out", type=Path, help="file; the standard output unless given")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say where it is."""
        ward = Organisation.objects.filter(code=options["ward"]).first()
        if ward is None:
            raise CommandError(
                _("団体コード %(code)s の団体はありません。6桁のコードを確かめてください。")
                % {"code": options["ward"]}
            )
        content = export_practices(Actor.system("practices export"), ward=ward)
        text = json.dumps(content, ensure_ascii=False, indent=1)
        if options["out"] is None:
            self.stdout.write(text)
            return
        options["out"].write_text(f"{text}\n", encoding="utf-8")
        self.stdout.write(str(options["out"]))
