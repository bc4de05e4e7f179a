"""``yui challenges adopt``: the article's challenges, initiatives and links."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from yui.governance.challenges.operations import adopt_article
from yui.kernel.policy import Actor


class Command(BaseCommand):
    """Enter what the article says; a second run changes nothing."""

    help = "記事の課題・取組・つながりを取り込む / enter the article's challenges, initiatives and links"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the output form."""
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Adopt and say how much was new."""
        adopted = asdict(adopt_article(Actor.system("cli")))
        if options["json"]:
            self.stdout.write(json.dumps(adopted))
            return
        self.stdout.write(" ".join(f"{name}: {count}" for name, count in adopted.items()))
