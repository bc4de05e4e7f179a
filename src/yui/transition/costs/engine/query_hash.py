"""What was asked, written in one way only, and its hash: anyone can ask again and compare."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

Question = Mapping[str, Any]


def canonical(question: Question) -> str:
    """Return a question as JSON with sorted keys and no white space, so that equal ones are equal texts."""
    return json.dumps(dict(question), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(question: Question) -> str:
    """Return the SHA-256 of the canonical text, in hexadecimal digits."""
    return sha256(canonical(question).encode()).hexdigest()


def hash_of_number(question: Question, cell: str) -> str:
    """Return the hash of one number of an answer: that of the question and of the number's place in it."""
    return hash_of({**question, "cell": cell})
