"""What a channel's program takes: a text for Slack, an Adaptive Card for Teams."""

from typing import Any

from yui.kernel.notices.models import WebhookFormat

LONGEST_BODY = 1_000


def payload(format: str, *, title: str, body: str, address: str) -> dict[str, Any]:
    """Return the JSON of a message.

    Args:
        format: one of ``WebhookFormat``.
        title: one line.
        body: plain words, cut where they are long.
        address: where to read on.
    """
    text = body[:LONGEST_BODY]
    return _slack(title, text, address) if format == WebhookFormat.SLACK else _teams(title, text, address)


def _slack(title: str, body: str, address: str) -> dict[str, Any]:
    """Return a Slack message; ``&``, ``<`` and ``>`` are escaped, so that nobody is called by a text."""
    lines = (_escaped(each) for each in (title, body, address) if each)
    return {"text": "\n".join(lines)}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _teams(title: str, body: str, address: str) -> dict[str, Any]:
    """Return a message with one Adaptive Card 1.4; texts stand in plain runs, where no Markdown is read."""
    blocks = [_run(title, weight="bolder"), *([_run(body)] if body else [])]
    card: dict[str, Any] = {"type": "AdaptiveCard", "version": "1.4", "body": blocks}
    if address.startswith("https://"):
        card["actions"] = [{"type": "Action.OpenUrl", "title": "Yui", "url": address}]
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
    return {"type": "message", "attachments": [attachment]}


def _run(text: str, **look: str) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **look}]}
