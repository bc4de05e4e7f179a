"""``yui commons import slack|discourse PATH``: take an export in."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from yui.kernel.policy import Actor
from yui.kernel.scope.models import Organisation, Visibility
from yui.organisations.public import SECRETARIAT_CODE
from yui.people.commons.formats.export_files import ExportUnusable
from yui.people.commons.formats.slack import SOLVED_REACTIONS
from yui.people.commons.models import CommonsIntake, IntakeFormat
from yui.people.commons.operations.intake.take_in import IntakeChoices, take_in
from yui.people.commons.queries.intake import report_lines


class Command(BaseCommand):
    """Takes an export in; what is left out is listed with its reason."""

    help = "SlackやDiscourseの投稿を取り込む / import an export of Slack or Discourse"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        formats = parser.add_subparsers(dest="format", required=True)
        slack = formats.add_parser("slack", help="SlackのZIPかフォルダー / ZIP or folder of a Slack export")
        slack.add_argument(
            "--solved-reaction",
            action="append",
            default=[],
            metavar="NAME",
            help="解決とみなすリアクション / reaction that marks a thread as solved"
            f" ({', '.join(SOLVED_REACTIONS)})",
        )
        slack.add_argument(
            "--all-messages",
            action="store_true",
            help="返信のない発言も質問にする / also messages without replies",
        )
        discourse = formats.add_parser(
            "discourse", help="/t/番号.json か投稿のCSV / topics as JSON, or the CSV of a person's posts"
        )
        for one in (slack, discourse):
            one.add_argument("path", type=Path)
            one.add_argument("--ward", default=SECRETARIAT_CODE, metavar="CODE", help="団体コード / code")
            one.add_argument(
                "--visibility",
                choices=[Visibility.OWN.value, Visibility.WARDS.value],
                default=Visibility.WARDS.value,
            )
            one.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the export in and say what became of it."""
        body = Organisation.objects.filter(code=options["ward"]).first()
        if body is None:
            raise CommandError(f"--ward {options['ward']}: 団体コードが見つかりません / no such organisation")
        choices = IntakeChoices(
            IntakeFormat(options["format"]),
            visibility=Visibility(options["visibility"]),
            solved_reactions=tuple(
                name.strip(":") for name in options.get("solved_reaction") or SOLVED_REACTIONS
            ),
            all_messages=options.get("all_messages", False),
        )
        path: Path = options["path"]
        try:
            intake = take_in(
                Actor.system("commons import"),
                organisation=body,
                path=path,
                file_name=path.resolve().name,
                choices=choices,
            )
        except (ExportUnusable, OSError) as error:
            raise CommandError(str(error)) from error
        if options["as_json"]:
            self.stdout.write(json.dumps(_as_json(intake), ensure_ascii=False))
        else:
            self._tell(intake)

    def _tell(self, intake: CommonsIntake) -> None:
        self.stdout.write(
            f"質問 {intake.questions:,}、回答 {intake.answers:,}、解決 {intake.solved:,}、人 {intake.users:,}"
            f"、取り込まなかった発言 {intake.skipped_count:,}"
            f" / questions {intake.questions:,}, answers {intake.answers:,}, solved {intake.solved:,},"
            f" people {intake.users:,}, messages left out {intake.skipped_count:,}"
        )
        for line in report_lines(intake.skipped)[:50]:
            self.stdout.write(f"  {line.what}: {line.why}")
        if len(intake.skipped) > 50:
            self.stdout.write(f"  … {len(intake.skipped) - 50} (--json)")


def _as_json(intake: CommonsIntake) -> dict[str, Any]:
    """Return the result as the command line promises it."""
    return {
        "users": intake.users,
        "questions": intake.questions,
        "answers": intake.answers,
        "solved": intake.solved,
        "skipped": [{"what": line.what, "why": line.why} for line in report_lines(intake.skipped)],
    }
