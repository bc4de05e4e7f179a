"""``yui commons export``: write what a body asked and wrote as JSON lines, or as a ZIP with its files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation
from yui.organisations.public import SECRETARIAT_CODE
from yui.people.commons.operations.intake.export_posts import Exported, export_posts


class Command(BaseCommand):
    """Writes questions with their posts; unnamed posts stay unnamed."""

    help = "質問と投稿を書き出す / write questions and posts as JSON lines, or as a ZIP with their files"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--ward", default=SECRETARIAT_CODE, metavar="CODE", help="団体コード / code")
        parser.add_argument(
            "--output",
            type=Path,
            help="ファイル。.zip なら添付も / file; with .zip the attachments too (default: standard output)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say how much is in it."""
        body = Organisation.objects.filter(code=options["ward"]).first()
        if body is None:
            raise CommandError(f"--ward {options['ward']}: 団体コードが見つかりません / no such organisation")
        actor, output = Actor.system("commons export"), options["output"]
        if output is None:
            stream = getattr(self.stdout, "_out", self.stdout)
            export_posts(actor, organisation=body, target=_Bytes(stream), as_zip=False)  # type: ignore[arg-type]
            return
        try:
            with output.open("wb") as target:
                done = export_posts(
                    actor, organisation=body, target=target, as_zip=output.suffix.lower() == ".zip"
                )
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        self.stdout.write(_told(done, output))


class _Bytes:
    """Lets lines of UTF-8 go to a stream of text."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, line: bytes) -> int:
        """Write one line."""
        return int(self._stream.write(line.decode()) or 0)


def _told(done: Exported, output: Path) -> str:
    words = (
        f"{output}: 質問 {done.records:,}、ファイル {done.files:,}"
        f" / questions {done.records:,}, files {done.files:,}"
    )
    if done.lost:
        words += f"\n失われたファイル / lost files: {', '.join(done.lost)}"
    return words
