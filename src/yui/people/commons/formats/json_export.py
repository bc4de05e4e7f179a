"""The posts of a body as JSON lines, one record a line; ``docs/commons.md`` describes them.

The format's name is ``yui-commons-1``: a header, then questions with their posts, then posts in questions of
others.
"""

import json
from collections.abc import Mapping
from typing import Any

FORMAT = "yui-commons-1"
LINES = "posts.jsonl"
FILES = "files/"


def header(organisation: str, questions: int, elsewhere: int) -> dict[str, Any]:
    """Return the first line: whose posts these are, and how many records follow."""
    return {
        "record": "header",
        "format": FORMAT,
        "organisation": organisation,
        "questions": questions,
        "questions_elsewhere": elsewhere,
    }


def line_of(record: Mapping[str, Any]) -> bytes:
    """Return a record as one line of UTF-8."""
    return f"{json.dumps(record, ensure_ascii=False)}\n".encode()
