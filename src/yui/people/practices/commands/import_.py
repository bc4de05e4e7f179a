"""``yui practices import``: draft the practices of a JSON file for a ward."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.people.practices.formats.practice_file import PracticeFileError
from yui.people.practices.operations.practices import import_practices
from yui.people.practices.operations.practices.import_practices import WRONG


class Command(BaseCommand):
    """Reads what ``yui practices export`` wrote; what was taken in before is not repeated."""

    help = "グッドプラクティスをJSONから下書きにする / Draft practices of a JSON file for a ward"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and the ward."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--ward", required=True, help="団体コード / organisation code, e.g. 131032")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Draft the practices and say how many."""
        ward = Organisation.objects.filter(code=options["ward"]).first()
        if ward is None:
            raise CommandError(
                _("団体コード %(code)s の団体はありません。6桁のコードを確かめてください。")
                % {"code": options["ward"]}
            )
        try:
            content = options["path"].read_bytes()
            taken = import_practices(Actor.system("practices import"), ward=ward, content=content)
        except OSError as error:
            raise CommandError(f"{options['path']}: {error.strerror}") from error
        except PracticeFileError as error:
            raise CommandError(f"{error.place}: {WRONG[error.wrong]}") from error
        if options["as_json"]:
            self.stdout.write(json.dumps(taken.as_dict(), ensure_ascii=False, indent=1))
            return
        self.stdout.write(
            _("下書きにした %(drafted)s件、もう取り込んである %(known)s件、取り込めない %(refused)s件")
            % {"drafted": taken.drafted, "known": taken.known, "refused": len(taken.refused)}
        )
        for each in taken.refused:
            self.stdout.write(f"{each.place}: {each.reason}")
