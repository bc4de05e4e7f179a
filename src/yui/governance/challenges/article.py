"""Reads ``article.toml``: the challenges, initiatives and links of the policy article."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from yui.governance.challenges.facts import ChallengeFacts, EvidenceFacts, InitiativeFacts, LinkFacts

ARTICLE_FILE = Path(__file__).with_name("article.toml")


class ArticleError(ValueError):
    """``article.toml`` says something that cannot be."""


@dataclass(frozen=True)
class ArticleLink:
    """An arrow between two codes: of a challenge, an initiative or an indicator."""

    source: str
    target: str
    facts: LinkFacts


@dataclass(frozen=True)
class Article:
    """What the article says, each challenge and initiative with its evidence."""

    challenges: tuple[tuple[ChallengeFacts, tuple[EvidenceFacts, ...]], ...]
    initiatives: tuple[tuple[InitiativeFacts, tuple[EvidenceFacts, ...]], ...]
    links: tuple[ArticleLink, ...]


def read_article(text: str) -> Article:
    """Return what ``text`` (TOML) describes.

    Raises:
        ArticleError: naming the entry that lacks something or has too much.
    """
    content = tomllib.loads(text)
    return Article(
        tuple(_record(entry, ChallengeFacts, place) for place, entry in enumerate(content["challenges"])),
        tuple(_record(entry, InitiativeFacts, place) for place, entry in enumerate(content["initiatives"])),
        tuple(_link(dict(entry)) for entry in content["links"]),
    )


@cache
def article() -> Article:
    """Return the article's challenges, initiatives and links."""
    return read_article(ARTICLE_FILE.read_text(encoding="utf-8"))


def _record(entry: dict[str, Any], facts: Any, place: int) -> tuple[Any, tuple[EvidenceFacts, ...]]:
    """Return a challenge or an initiative, quoted, in the place in which the article has it."""
    own = {name: value for name, value in entry.items() if name != "evidence"}
    if "pillars" in own:
        own["pillars"] = tuple(own["pillars"])
    evidence = tuple(_evidence(each, entry.get("code", "?")) for each in entry.get("evidence", ()))
    return _facts(facts, own | {"position": place + 1, "is_quoted": True}, entry.get("code", "?")), evidence


def _evidence(entry: dict[str, Any], code: str) -> EvidenceFacts:
    made: EvidenceFacts = _facts(
        EvidenceFacts,
        entry | {"addresses": "\n".join(entry.get("addresses", ())), "is_quoted": True},
        code,
    )
    return made


def _link(entry: dict[str, Any]) -> ArticleLink:
    source, target = entry.pop("from", ""), entry.pop("to", "")
    name = f"{source} → {target}"
    if not source or not target:
        raise ArticleError(f"article.toml, link {name}: from and to are needed")
    return ArticleLink(source, target, _facts(LinkFacts, entry, name))


def _facts(kind: Any, values: dict[str, Any], name: str) -> Any:
    """Return facts of a kind, with texts free of the blanks around them."""
    unknown = set(values) - {field.name for field in fields(kind)}
    if unknown:
        raise ArticleError(f"article.toml, {name}: unknown {', '.join(sorted(unknown))}")
    try:
        return kind(
            **{key: value.strip() if isinstance(value, str) else value for key, value in values.items()}
        )
    except TypeError as error:
        raise ArticleError(f"article.toml, {name}: {error}") from error
