"""Slack's way of writing (mrkdwn) to Markdown, and the title of a message.

Source: docs.slack.dev, "Formatting message text": ``&amp; &lt; &gt;`` are the only entities; ``<…>`` holds
links, people (``@U…``), channels (``#C…|name``), commands (``!here``); ``*bold* _italic_ ~strike~``; code.
"""

import re
from collections.abc import Callable, Mapping
from itertools import count

from yui.kernel.writing.characters import neutralised

LONGEST_TITLE = 80
_LONGEST_ADDRESS = 2_000
_KEPT, _END = "\ue000", "\ue001"
"""Private characters around the number of a part that is put back at the end."""
_PARTS = re.compile(r"```(.*?)```|`([^`\n]+)`|<([^<>\n]+)>", re.DOTALL)
_PLACE = re.compile(f"{_KEPT}([0-9]+){_END}")
_EMPHASIS = tuple(
    (
        re.compile(
            rf"(?<![A-Za-z0-9{sign}]){sign}(?=\S)([^{sign}\n]{{1,4000}})(?<=\S){sign}(?![A-Za-z0-9{sign}])"
        ),
        mark,
    )
    for sign, mark in ((r"\*", "**"), ("_", "*"), ("~", "~~"))
)
_SPECIAL = re.compile(r"[\\`*\[\]<~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|^#(?=[# ])", re.MULTILINE)
_SCHEMES = ("http://", "https://", "mailto:")
_QUOTE = re.compile(r"^&gt; ?(?!&gt;)", re.MULTILINE)
_TICKS = re.compile("`+")
_SIGNS = re.compile(r"[<&*_~`\\\[\]\ue000\ue001]|^#", re.MULTILINE)
"""Without any of these a message is Markdown as it stands."""


def markdown_of_slack(text: str, names: Mapping[str, str]) -> str:
    """Return a message as Markdown.

    Args:
        text: as the export holds it.
        names: what people are called, by their number.
    """
    text = neutralised(text).strip()
    if not _SIGNS.search(text):
        return text
    kept: list[str] = []

    def keep(written: str) -> str:
        kept.append(written)
        return f"{_KEPT}{len(kept) - 1}{_END}"

    def part(match: re.Match[str]) -> str:
        block, inline, angle = match.groups()
        if block is not None:
            return keep(_fenced(_plain(block)))
        if inline is not None:
            return keep(f"`{_plain(inline)}`")
        return keep(_reference(angle, names, _escaped))

    words = _PARTS.sub(part, text.replace(_KEPT, "").replace(_END, ""))
    words = _QUOTE.sub(lambda _match: keep("> "), words)
    words = _unescaped(words)
    for pattern, mark in _EMPHASIS:
        kept_mark = keep(mark)
        words = pattern.sub(rf"{kept_mark}\1{kept_mark}", words)
    words = _SPECIAL.sub(r"\\\g<0>", words)
    return _PLACE.sub(lambda match: kept[int(match[1])], words).strip()


def title_of_slack(text: str, names: Mapping[str, str]) -> str:
    """Return the first line of a message without its signs, cut to a title; empty where nothing is left."""
    for line in neutralised(text[:4_000]).splitlines():
        words = re.sub(r"<([^<>]+)>", lambda match: _reference(match[1], names, str), line)
        words = _unescaped(_TICKS.sub("", words))
        for pattern, _mark in _EMPHASIS:
            words = pattern.sub(r"\1", words)
        if words := " ".join(words.split()):
            return words if len(words) <= LONGEST_TITLE else f"{words[: LONGEST_TITLE - 1]}…"
    return ""


def _unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _plain(code: str) -> str:
    """Return code without the angle brackets that Slack puts around addresses."""
    return _unescaped(re.sub(r"<([^<>|\n]+)(?:\|([^<>\n]*))?>", lambda match: match[2] or match[1], code))


def _fenced(code: str) -> str:
    fence = next(mark for length in count(3) if (mark := "`" * length) not in code)
    body = code.strip("\n")
    return f"\n{fence}\n{body}\n{fence}\n"


def _reference(inner: str, names: Mapping[str, str], shown: Callable[[str], str]) -> str:
    """Return what stands for ``<…>``; with ``shown`` as ``str`` in plain words, else in Markdown."""
    target, _bar, label = inner.partition("|")
    label = _unescaped(label)
    match target[:1]:
        case "@":
            return f"@{shown(names.get(target[1:]) or label or target[1:])}"
        case "#":
            return f"#{shown(label or target[1:])}"
        case "!":
            return shown(label or f"@{target[1:].partition('^')[0]}")
    address = _unescaped(target)
    if not address.startswith(_SCHEMES) or len(address) > _LONGEST_ADDRESS or re.search(r"[\s<>\\]", address):
        return shown(label or address)
    if shown is str:
        return label or address
    if not label or label == address:
        return f"<{address}>"
    return f"[{shown(label)}](<{address}>)"
