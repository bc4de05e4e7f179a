"""Paragraphs with questions, padded with more paragraphs made of their pieces."""

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path

SEED = 20261127
_PIECE = re.compile(r"(?<=[。、])")


@dataclass(frozen=True)
class Corpus:
    """Texts by identifier, and questions with the identifiers that answer them."""

    texts: dict[int, str]
    questions: list[tuple[str, frozenset[int]]]


def padded(folder: Path, total: int) -> Corpus:
    """Return the paragraphs of ``folder`` padded to ``total``.

    The padding is made of the clauses of paragraphs that answer no question, in a random order, each text
    as long as one of the paragraphs: it uses their words, and answers nothing.
    """
    lines = (folder / "docs.jsonl").read_text(encoding="utf-8").splitlines()
    texts = {row["id"]: row["text"] for row in map(json.loads, lines)}
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [(row["q"], frozenset(row["relevant"])) for row in map(json.loads, lines)]
    answers = {identifier for _question, relevant in questions for identifier in relevant}
    pieces = [
        piece
        for identifier, text in texts.items()
        if identifier not in answers
        for piece in _PIECE.split(text)
        if piece.strip()
    ]
    lengths = [len(text) for text in texts.values()]
    chance = random.Random(SEED)
    made = 10_000_000
    while len(texts) < total:
        made += 1
        texts[made] = _joined(pieces, chance.choice(lengths), chance)
    return Corpus(texts, questions)


def _joined(pieces: list[str], length: int, chance: random.Random) -> str:
    text = ""
    while len(text) < length:
        text += chance.choice(pieces)
    return text
