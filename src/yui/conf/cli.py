"""The ``yui`` command line.

A command is a file ``commands/<verb>.py`` of a room, holding a Django ``Command``. It is called as
``yui <group> <verb>``, where the group is the application's ``command_group`` (its label unless set);
an empty group makes ``yui <verb>``. A file in a folder below is called with the folder's name as its group.
A trailing underscore keeps a verb apart from a Python keyword, and dashes stand for underscores. Everything
else goes to Django (``yui migrate``).
"""

import gc
import os
import sys
from importlib import import_module
from pathlib import Path

import django
from django.core.management import execute_from_command_line
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from yui.conf.preparation import missing_migrations
from yui.conf.rooms import installed_yui_apps

COMMANDS_FOLDER = "commands"


def find_commands() -> dict[tuple[str, ...], str]:
    """Return the dotted module of each command by the words that call it."""
    found: dict[tuple[str, ...], str] = {}
    for app in installed_yui_apps():
        group = getattr(app, "command_group", app.label)
        folder = Path(app.path, COMMANDS_FOLDER)
        for file in sorted([*folder.glob("*.py"), *folder.glob("*/*.py")]):
            if not file.stem.startswith("_"):
                verb = file.stem.rstrip("_").replace("_", "-")
                words = (group, verb) if group else (verb,)
                module = f"{app.name}.{COMMANDS_FOLDER}.{file.stem}"
                if file.parent != folder:
                    words = (file.parent.name, verb)
                    module = f"{app.name}.{COMMANDS_FOLDER}.{file.parent.name}.{file.stem}"
                found[words] = module
    return found


def _match(arguments: list[str], commands: dict[tuple[str, ...], str]) -> tuple[str, ...] | None:
    """Return the longest run of leading words that names a command."""
    for length in (2, 1):
        words = tuple(arguments[:length])
        if len(words) == length and words in commands:
            return words
    return None


def _listing(commands: dict[tuple[str, ...], str]) -> str:
    """Return one line per command with the first line of its help."""
    lines = ["yui — 使えるコマンド / commands:", ""]
    for words, module in sorted(commands.items()):
        help_text = str(import_module(module).Command.help or "").strip().splitlines()
        lines.append(f"  yui {' '.join(words):<28} {help_text[0] if help_text else ''}".rstrip())
    lines += ["", "  yui <group> <verb> --help", "  yui migrate, yui shell, …  (Django)"]
    return "\n".join(lines)


def run(arguments: list[str]) -> int:
    """Run one command; return the exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yui.conf.settings")
    _load()
    commands = find_commands()
    if not arguments or arguments[0] in {"help", "--help", "-h"}:
        print(_listing(commands))
        return 0
    words = _match(arguments, commands)
    if words is None:
        if arguments[0] == "migrate" and "--skip-checks" not in arguments:
            # `yui check` and the tests look at the whole; an upgrade should not wait for it.
            arguments = [*arguments, "--skip-checks"]
        execute_from_command_line(["yui", *arguments])
        return 0
    command: BaseCommand = import_module(commands[words]).Command()
    try:
        command.run_from_argv(["yui", " ".join(words), *arguments[len(words) :]])
    except DatabaseError as error:
        print(_trouble(error), file=sys.stderr)
        return 2
    return 0


def _load() -> None:
    """Load the rooms. What is loaded stays to the end: nothing looks for garbage in it, now or at the end."""
    gc.disable()
    try:
        django.setup()
    finally:
        gc.enable()
    gc.freeze()


def _trouble(error: DatabaseError) -> str:
    """Say what is wrong with the database, and what to do."""
    try:
        missing = missing_migrations()
    except DatabaseError as deeper:
        error, missing = deeper, 0
    if missing:
        return (
            "データベースの用意がまだです。`yui up` か `yui migrate` を先に動かしてください。"
            "\nThe database is not ready yet: run `yui up` or `yui migrate` first."
        )
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return (
        f"データベースを使えません: {reason}。つながり(DATABASE_URL)と空き容量を確かめてください。"
        f"\nThe database cannot be used: {reason}. Check the connection (DATABASE_URL) and the free space."
    )


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
