"""Small exports of Slack and Discourse, made by tests."""

import json
import zipfile
from pathlib import Path
from typing import Any

BASE = 1_700_000_000
"""2023-11-14, a Tuesday."""


def stamp(seconds: int, number: int = 1) -> str:
    """Return a ``ts`` so many seconds after the base."""
    return f"{BASE + seconds}.{number:06d}"


def message(
    seconds: int, text: str, user: str = "U1", root: int | None = None, **more: Any
) -> dict[str, Any]:
    """Return a Slack message; with ``root`` a reply in the thread that began then, or its root."""
    thread = {} if root is None else {"thread_ts": stamp(root)}
    return {"type": "message", "user": user, "text": text, "ts": stamp(seconds), **thread, **more}


def person(key: str, name: str, email: str = "", **more: Any) -> dict[str, Any]:
    """Return a person of ``users.json``."""
    return {
        "id": key,
        "name": name.lower(),
        "profile": {"display_name": name, "email": email, "fields": None},
        **more,
    }


PEOPLE = [person("U1", "Hanako"), person("U2", "Taro"), person("U3", "Gone", deleted=True)]


def write_slack(
    path: Path,
    days: dict[str, Any],
    *,
    people: list[Any] | None = None,
    channels: list[Any] | None = None,
    **more: Any,
) -> Path:
    """Write a ZIP: ``days`` holds messages (or bytes) by ``channel/YYYY-MM-DD``."""
    names = dict.fromkeys(name.partition("/")[0] for name in days)
    files: dict[str, Any] = {
        "channels.json": channels
        if channels is not None
        else [{"id": f"C{number}", "name": name} for number, name in enumerate(names)],
        "users.json": PEOPLE if people is None else people,
        **{f"{name}.json": value for name, value in days.items()},
        **more,
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, value in files.items():
            content = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False)
            archive.writestr(name, content)
    return path


def topic(number: int, posts: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """Return a Discourse topic."""
    return {
        "id": number,
        "title": f"話題{number}",
        "archetype": "regular",
        "post_stream": {"posts": posts, "stream": [post["id"] for post in posts]},
        **more,
    }


def post(number: int, text: str, user: str = "hanako", **more: Any) -> dict[str, Any]:
    """Return a post of a topic."""
    return {
        "id": 100 + number,
        "post_number": number,
        "username": user,
        "user_id": sum(map(ord, user)),
        "name": user.title(),
        "cooked": f"<p>{text}</p>",
        "created_at": f"2023-11-{13 + number:02d}T01:00:00.000Z",
        "updated_at": f"2023-11-{13 + number:02d}T01:00:00.000Z",
        "version": 1,
        "post_type": 1,
        **more,
    }
