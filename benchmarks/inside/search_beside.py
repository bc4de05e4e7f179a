"""What stands beside the house's search: SQLite's trigrams, and words in PostgreSQL."""

import re
import sqlite3
from collections.abc import Iterator, Mapping

import psycopg

_LETTERS = re.compile(r"[\W_]+")
_SCRIPTS = re.compile(r"[一-鿿々]+|[ぁ-ゖ]+|[ァ-ヺー]+|[A-Za-zＡ-Ｚａ-ｚ]+|[0-9０-９]+")
_KANJI = re.compile(r"[一-鿿々]")
TOP = 10


class Unreachable(Exception):
    """There is no PostgreSQL to stand beside."""


class FullTextTable:
    """SQLite FTS5 with trigrams; a question asks for any of its trigrams, BM25 ranks."""

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._database = sqlite3.connect(":memory:")
        self._database.execute("CREATE VIRTUAL TABLE texts USING fts5(body, tokenize='trigram')")
        self._database.executemany("INSERT INTO texts(rowid, body) VALUES (?, ?)", texts.items())

    def best(self, question: str) -> list[int]:
        """Return the identifiers of the ten best texts."""
        letters = _LETTERS.sub("", question)
        trigrams = dict.fromkeys(letters[at : at + 3] for at in range(len(letters) - 2))
        if not trigrams:
            return []
        any_of = " OR ".join(f'"{trigram}"' for trigram in trigrams)
        rows = self._database.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?", (any_of, TOP)
        )
        return [row[0] for row in rows]


class WordTable:
    """PostgreSQL's tsvector over words cut by a light segmenter; any word may match, ts_rank ranks.

    So do forums that add Japanese to PostgreSQL. The segmenter here cuts where the script changes and
    cuts kanji in pairs, which is about what a light statistical segmenter does.
    """

    def __init__(self, texts: Mapping[int, str], address: str) -> None:
        try:
            self._connection = psycopg.connect(address, autocommit=True)
        except psycopg.OperationalError as error:
            raise Unreachable(f"no PostgreSQL: set YUI_BENCH_POSTGRESQL ({error})") from error
        self._connection.execute("CREATE TEMPORARY TABLE texts (id bigint, words tsvector)")
        cursor = self._connection.cursor()
        with cursor.copy("COPY texts (id, words) FROM STDIN") as copy:
            for identifier, text in texts.items():
                copy.write_row((identifier, _vector(text)))
        self._connection.execute("CREATE INDEX ON texts USING gin (words)")
        self._connection.execute("ANALYZE texts")

    def best(self, question: str) -> list[int]:
        """Return the identifiers of the ten best texts."""
        any_of = " | ".join(f"'{word}'" for word in dict.fromkeys(cut(question)))
        if not any_of:
            return []
        rows = self._connection.execute(
            "SELECT id FROM texts, CAST(%s AS tsquery) AS asked WHERE words @@ asked"
            " ORDER BY ts_rank(words, asked) DESC, id LIMIT %s",
            (any_of, TOP),
        )
        return [row[0] for row in rows]


def cut(text: str) -> Iterator[str]:
    """Yield the words of a light segmenter."""
    for run in _SCRIPTS.findall(text):
        if _KANJI.match(run):
            yield from (run[at : at + 2] for at in range(0, len(run), 2))
        else:
            yield run.lower()


def _vector(text: str) -> str:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(cut(text), 1):
        places.setdefault(word, []).append(min(place, 16383))
    return " ".join(f"'{word}':{','.join(map(str, found[:255]))}" for word, found in places.items())
