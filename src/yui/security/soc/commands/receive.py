"""``yui soc receive``."""

import asyncio
import json
import os
import signal
import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from yui.security.soc.processing.running import process
from yui.security.soc.queue.contract import READERS
from yui.security.soc.queue.errors import QueueError
from yui.security.soc.queue.log import MEBIBYTE, QueueLimits
from yui.security.soc.receivers.counters import Counters
from yui.security.soc.receivers.keeping import ProcessingKeeper
from yui.security.soc.receivers.registered import registered_senders
from yui.security.soc.receivers.serving import Port, Receivers, ReceiverSettings
from yui.security.soc.receivers.tls import TlsFiles, TlsFilesUnusable

PORTS = {
    "http": ("YUI_SOC_HTTP", "127.0.0.1:8088", "HEC, OTLP, _bulk"),
    "syslog": ("YUI_SOC_SYSLOG", "", "syslog TCP (閉域網のみ / closed networks only)"),
    "syslog_tls": ("YUI_SOC_SYSLOG_TLS", "", "syslog TLS"),
    "figures": ("YUI_SOC_METRICS", "127.0.0.1:9188", "Prometheus /metrics"),
}
FILES = {
    "certificate": "YUI_SOC_TLS_CERTIFICATE",
    "key": "YUI_SOC_TLS_KEY",
    "clients": "YUI_SOC_TLS_CLIENTS",
}


def port(text: str) -> Port | None:
    """Return where to listen; None for an empty text.

    Raises:
        ArgumentTypeError: when it is not ``HOST:PORT``.
    """
    if not text:
        return None
    host, colon, number = text.rpartition(":")
    if not colon or not number.isdigit() or int(number) > 65_535:
        raise ArgumentTypeError(f"{text!r}: HOST:PORT の形で書いてください / write HOST:PORT")
    return Port(host.strip("[]"), int(number))


class Command(BaseCommand):
    """Takes logs in and processes them, until it is told to stop."""

    help = "ログを受け取り、検知し、保存する / receive logs, detect, store"
    # Pages are not its business: three processes start faster without loading them.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take ports, TLS files and the queue; each has an environment variable of its own."""
        for name, (variable, default, text) in PORTS.items():
            given = os.environ.get(variable, default)
            flag = f"--{name.replace('_', '-')}"
            parser.add_argument(
                flag, type=port, default=given, metavar="HOST:PORT", help=f"{text} [{variable}]"
            )
        for name, variable in FILES.items():
            parser.add_argument(
                f"--{name}", type=Path, default=os.environ.get(variable) or None, help=variable
            )
        parser.add_argument(
            "--queue", default=os.environ.get("YUI_SOC_QUEUE", ""), help="nats://… [YUI_SOC_QUEUE]"
        )
        parser.add_argument(
            "--queue-bytes",
            type=int,
            default=os.environ.get("YUI_SOC_QUEUE_BYTES", QueueLimits.most_bytes),
            help="YUI_SOC_QUEUE_BYTES",
        )
        parser.add_argument(
            "--plain-http", action="store_true", help="TLS は手前の代理で / TLS ends at a proxy"
        )
        parser.add_argument("--allow-query-token", action="store_true")
        parser.add_argument("--only", choices=("receivers", *READERS), default="")
        parser.add_argument("--as-child", action="store_true", help="--only と使う / used internally")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Receive, process, or both; the open ports are told once they are open."""
        folder = Path(settings.HOME) / "soc"
        try:
            if options["only"] in READERS:
                process(options["queue"], folder, options["only"], follows_parent=options["as_child"])
            else:
                asyncio.run(self._serve(folder, options))
        except (QueueError, TlsFilesUnusable, OSError) as error:
            raise CommandError(str(error)) from error

    async def _serve(self, folder: Path, options: dict[str, Any]) -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
        counters = Counters()
        receivers = Receivers(_settings(folder, options), registered_senders, counters)
        keepers = [ProcessingKeeper(part, _command_of(part, options), counters) for part in READERS]
        try:
            await receivers.open()
            self._tell(receivers.ports, as_json=options["json"])
            for keeper in keepers if options["only"] != "receivers" else ():
                keeper.start()
            await stop.wait()
        finally:
            await receivers.close()
            await asyncio.gather(*(keeper.stop() for keeper in keepers))

    def _tell(self, ports: dict[str, int], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"ports": ports}))
        else:
            names = "、".join(f"{name} {number}" for name, number in ports.items())
            self.stdout.write(f"受信を始めました: {names} / receiving")
        self.stdout.flush()


def _settings(folder: Path, options: dict[str, Any]) -> ReceiverSettings:
    """Return what to open.

    Raises:
        CommandError: when TLS files are needed and not all given.
    """
    tls = None
    if options["certificate"] and options["key"]:
        tls = TlsFiles(Path(options["certificate"]), Path(options["key"]), options["clients"] or None)
    if options["syslog_tls"] is not None and (tls is None or tls.clients is None):
        raise CommandError(
            "--syslog-tls には --certificate と --key と --clients が要ります。"
            " / --syslog-tls needs --certificate, --key and --clients."
        )
    return ReceiverSettings(
        folder / "queue",
        http=options["http"],
        syslog=options["syslog"],
        syslog_tls=options["syslog_tls"],
        figures=options["figures"],
        tls=tls,
        http_tls=not options["plain_http"],
        queue_address=options["queue"],
        queue_limits=QueueLimits(
            most_bytes=int(options["queue_bytes"]), free_bytes=settings.MINIMUM_FREE_MB * MEBIBYTE
        ),
        allow_query_token=options["allow_query_token"],
    )


def _command_of(part: str, options: dict[str, Any]) -> list[str]:
    command = [sys.executable, "-m", "yui", "soc", "receive", "--only", part, "--as-child"]
    return [*command, "--queue", options["queue"]] if options["queue"] else command
