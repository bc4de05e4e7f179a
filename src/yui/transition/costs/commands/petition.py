"""``yui costs petition``."""

import json
from argparse import ArgumentParser
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.kernel.calendar_jp import Month, today
from yui.kernel.paper import NoJapaneseFont
from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, OrganisationKind
from yui.transition.costs.formats.petition import UnknownForm
from yui.transition.costs.formats.petition_files import WRITERS
from yui.transition.costs.models import ExhibitKind, Petition
from yui.transition.costs.operations.draft_petition import PetitionFields, draft_petition
from yui.transition.costs.petition_template import ADDRESSEES, PREAMBLE, REQUESTS, TITLE
from yui.transition.costs.queries.monthly import costs_visible_to
from yui.transition.costs.queries.petitions import document_of
from yui.transition.costs.words import no_font_text


class Command(BaseCommand):
    """Writes a petition as PDF, Word, Excel and CSV; where none is there yet, it drafts the first one."""

    help = "政策提言書をPDF・Word・Excel・CSVで書き出す / write a petition and its appendix as files"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder, and which petition."""
        parser.add_argument("--out", required=True, type=Path, help="書き出すフォルダー / the folder")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--petition", type=int, metavar="ID", help="提言書の番号 / its number")
        which.add_argument("--title", default="", help="題名の一部 / part of its title")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the files, and print their paths and SHA-256."""
        petition = self._petition(options["petition"], options["title"])
        try:
            document = document_of(petition)
            made = {ending: write(document) for ending, write in WRITERS.items()}
        except UnknownForm as error:
            raise CommandError(str(error), returncode=2) from error
        except NoJapaneseFont as error:
            raise CommandError(no_font_text(), returncode=3) from error
        out: Path = options["out"]
        found = []
        try:
            out.mkdir(parents=True, exist_ok=True)
            for ending, content in made.items():
                path = out / f"petition-{petition.pk}.{ending}"
                path.write_bytes(content)
                found.append(
                    {"path": str(path), "sha256": sha256(content).hexdigest(), "bytes": len(content)}
                )
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}", returncode=3) from error
        if options["json"]:
            whole = {
                "petition": petition.pk,
                "title": petition.title,
                "state": petition.state,
                "files": found,
            }
            self.stdout.write(json.dumps(whole, ensure_ascii=False))
            return
        for file in found:
            self.stdout.write(f"{file['sha256']}  {file['path']}")

    @staticmethod
    def _petition(pk: int | None, title: str) -> Petition:
        """Return the petition asked for, else the newest final one, else the newest, else a first draft."""
        actor = Actor.system("command line")
        petitions = Petition.objects.visible_to(actor).select_related("organisation")
        if pk is not None:
            petitions = petitions.filter(pk=pk)
        elif title:
            petitions = petitions.filter(title__icontains=title)
        found: Petition | None = petitions.order_by("-state", "-dated", "-pk").first()
        if found is None and (pk is not None or title):
            raise CommandError("提言書が見つかりません / no such petition", returncode=2)
        return found or _first_draft(actor)


def _first_draft(actor: Actor) -> Petition:
    """Draft a petition of the joint secretariat with every piece of evidence, until the newest bill.

    Raises:
        CommandError: when there is nothing to petition with.
    """
    body = Organisation.objects.active().filter(kind=OrganisationKind.JOINT_BODY).first()
    latest = costs_visible_to(actor).order_by("-month").values_list("month", flat=True).first()
    if body is None or latest is None:
        raise CommandError(
            "提言書も請求もまだありません。先に `yui costs import` で請求を取り込んでください。"
            "\nThere is neither a petition nor a bill: take bills in by `yui costs import` first.",
            returncode=2,
        )
    fields = PetitionFields(
        title=TITLE,
        addressees=ADDRESSEES,
        dated=today(),
        preamble=PREAMBLE,
        requests=REQUESTS,
        kinds=ExhibitKind.values,
        until=Month.parse(latest),
    )
    return draft_petition(actor, organisation=body, fields=fields)
