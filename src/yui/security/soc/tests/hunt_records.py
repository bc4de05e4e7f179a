"""Hunts for the tests of saved hunts."""

import json

from yui.security.soc.operations.hunting.facts import HuntFacts

MINATO, SHINJUKU = "131032", "131041"
NAME = "夜中の powershell"
TEXT = 'Image endswith "powershell.exe" | count by host'


def facts(name=NAME, text=TEXT, **others) -> HuntFacts:
    return HuntFacts(name=name, text=text, **others)


def changes_of(entry) -> dict:
    """What a ledger entry says was changed."""
    return json.loads(entry.payload)["changes"]
