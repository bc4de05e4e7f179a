"""A Slack export of a million messages, taken in by the command: how long, how much memory; and again."""

import json
import random
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.processes import YUI, environment, home, run
from benchmarks.results import Figure

MESSAGES, CHANNELS, PEOPLE, REPLIES = 1_000_000, 100, 2_000, 4
BEGAN = datetime(2024, 4, 1, tzinfo=UTC)
SPREAD = 250
TARGET_SECONDS, TARGET_MB = 600.0, 1024.0
WORDS = (
    "申請書の様式はどこにありますか。",
    "*共有フォルダー*の「様式」にあります。<https://example.jp/forms?a=1&amp;b=2|手順書>も見てください。",
    "同じことで困っていました。`setup.exe` を管理者で実行すると直ります。",
    "ありがとうございます <@U00001> さん、できました。",
    "介護保険の通知書を印刷すると、2枚目がずれます。余白の設定を確かめましたが直りません。何を見ればよいですか。",
)


def write_export(path: Path, messages: int, channels: int = CHANNELS) -> None:
    """Write an export whose threads have four replies each, one in four of them on a later day."""
    made = random.Random(7)
    people = [
        {"id": f"U{number:05d}", "name": f"user{number}", "profile": {"display_name": f"架空 職員{number}"}}
        for number in range(PEOPLE)
    ]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        listed = [{"id": f"C{number:04d}", "name": f"channel-{number}"} for number in range(channels)]
        archive.writestr("channels.json", json.dumps(listed))
        archive.writestr("users.json", json.dumps(people))
        for channel in listed:
            days: dict[str, list[dict[str, Any]]] = {}
            for number in range(messages // channels // (REPLIES + 1)):
                _add_thread(made, days, number * SPREAD * 86_400 // (messages // channels // (REPLIES + 1)))
            for day, written in sorted(days.items()):
                written.sort(key=lambda message: message["ts"])
                archive.writestr(f"{channel['name']}/{day}.json", json.dumps(written, ensure_ascii=False))


def _add_thread(made: random.Random, days: dict[str, list[dict[str, Any]]], second: int) -> None:
    at = BEGAN + timedelta(seconds=second, microseconds=made.randrange(1_000_000))
    root = f"{at.timestamp():.6f}"
    is_solved = made.random() < 0.3
    for number in range(REPLIES + 1):
        message: dict[str, Any] = {
            "type": "message",
            "user": f"U{made.randrange(PEOPLE):05d}",
            "text": WORDS[number] if number else WORDS[0] + WORDS[4],
            "ts": f"{at.timestamp():.6f}",
            "thread_ts": root,
        }
        if is_solved and number == 2:
            message["reactions"] = [{"name": "white_check_mark", "count": 1, "users": ["U00001"]}]
        days.setdefault(f"{at:%Y-%m-%d}", []).append(message)
        at += (
            timedelta(days=made.randrange(1, 9))
            if made.random() < 0.25
            else timedelta(seconds=made.randrange(30, 3_000))
        )


def measure(scale: float) -> list[Figure]:
    """Take an export in on SQLite, twice; the second run finds everything known."""
    messages = max(1_000, int(MESSAGES * scale))
    channels = max(1, int(CHANNELS * scale))
    with home() as folder:
        path = folder / "export.zip"
        write_export(path, messages, channels)
        env = environment(folder)
        run([*YUI, "migrate", "-v0"], env)
        command = [*YUI, "commons", "import", "slack", str(path), "--json"]
        first, second = run(command, env), run(command, env)
        found, again = json.loads(first.output), json.loads(second.output)
        taken = found["questions"] + found["answers"]
        if taken != messages // channels // (REPLIES + 1) * (REPLIES + 1) * channels or again["questions"]:
            raise RuntimeError(f"taken {taken} of {messages}, again {again['questions']}")
        detail = {
            "messages": taken,
            "questions": found["questions"],
            "solved": found["solved"],
            "cpu": first.cpu,
        }
        return [
            Figure("Slack export, first run, wall", first.wall, "s", target=TARGET_SECONDS, detail=detail),
            Figure("Slack export, first run, peak", first.peak_mb, "MB", target=TARGET_MB),
            Figure("Slack export, messages in a second of CPU", taken / first.cpu, "messages/s"),
            Figure("Slack export, second run, wall", second.wall, "s", detail={"cpu": second.cpu}),
        ]
