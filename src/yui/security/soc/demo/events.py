"""The made-up events of the last days: everyday noise in every ward, and one attack that crosses four.

Addresses are those reserved for documentation (RFC 5737), names end in ``.example`` (RFC 2606).
"""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from yui.security.soc.demo.words import ACCOUNTS, HOSTS

SYSMON = "Microsoft-Windows-Sysmon/Operational"
COMMAND_SERVER = "update-check.example"
COMMAND_ADDRESS = "203.0.113.10"
ATTACKER = "203.0.113.66"
RESOLVER = "10.0.0.53"
PROGRAMS = (
    (r"C:\Program Files\Office\EXCEL.EXE", r"EXCEL.EXE 集計表.xlsx", r"C:\Windows\explorer.exe"),
    (r"C:\Program Files\Office\WINWORD.EXE", r"WINWORD.EXE 起案.docx", r"C:\Windows\explorer.exe"),
    (r"C:\Program Files\Browser\browser.exe", "browser.exe --type=renderer", r"C:\Windows\explorer.exe"),
    (r"C:\Windows\System32\svchost.exe", "svchost.exe -k netsvcs", r"C:\Windows\System32\services.exe"),
    (r"C:\Windows\System32\taskhostw.exe", "taskhostw.exe", r"C:\Windows\System32\svchost.exe"),
    (r"C:\Gyomu\zaimu.exe", "zaimu.exe /login", r"C:\Windows\explorer.exe"),
)
OFFICE_HOURS = (*range(0, 24, 3), *range(8, 19), *range(8, 19), *range(8, 19))
"""Hours of the day, the busy ones several times."""
SITES = ("www.example.jp", "news.example.jp", "map.example.jp", "mail.example.jp")


class Day:
    """The events of one ward on one day, in the shapes in which real senders give them."""

    def __init__(
        self, random: Random, ward_code: str, start: datetime, hours: Sequence[int] = OFFICE_HOURS
    ) -> None:
        """Take the ward, midnight of the day, and the hours in which anything happens."""
        self._random = random
        self._hours = hours
        self._ward = ward_code[2:5]
        self._start = start
        self._record = 0

    def everyday(self, number: int) -> Iterator[str]:
        """Yield ``number`` ordinary events, a few of which everyday rules notice."""
        kinds = (self._program, self._logon, self._lookup, self._page, self._connection, self._cloud)
        for kind in self._random.choices(kinds, (38, 20, 16, 14, 8, 4), k=number):
            yield kind(self._some_moment())
        for _number in range(self._random.choice((0, 1, 1, 2))):
            yield self._noticed(self._some_moment())

    def attack(self, at: datetime, depth: int) -> Iterator[str]:
        """Yield the attack: a document, a script, the command server; with ``depth`` 2 the loot as well."""
        host, account = self._host("PC"), self._random.choice(ACCOUNTS)
        office, shell = PROGRAMS[1][0], r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"
        yield self._process(at, host, account, (shell, "powershell.exe -w hidden -enc SQBFAFgA", office))
        for minutes in (2, 9, 31):
            when = at + timedelta(minutes=minutes)
            yield self._lookup(when, COMMAND_SERVER)
            yield self._page(when, COMMAND_SERVER)
        if depth < 2:
            return
        for minutes, steps in (
            (18, (r"C:\Windows\System32\net.exe", 'net.exe group "Domain Admins" /domain', shell)),
            (26, (r"C:\Windows\Temp\procdump.exe", "procdump.exe -ma lsass.exe out.dmp", shell)),
            (52, (r"C:\Windows\System32\vssadmin.exe", "vssadmin.exe delete shadows /all /quiet", shell)),
            (55, (r"C:\Windows\System32\wevtutil.exe", "wevtutil.exe cl Security", shell)),
        ):
            yield self._process(at + timedelta(minutes=minutes), host, account, steps)

    def guessing(self, at: datetime) -> Iterator[str]:
        """Yield many failed sign-ins from one address to many accounts."""
        for number in range(24):
            account = ACCOUNTS[number % len(ACCOUNTS)]
            yield self._failed(at + timedelta(seconds=7 * number), account, ATTACKER)

    def _some_moment(self) -> datetime:
        hour = self._random.choice(self._hours)
        return self._start + timedelta(hours=hour, seconds=self._random.random() * 3600)

    def _host(self, kind: str = "") -> str:
        return f"{kind or self._random.choice(HOSTS)}-{self._ward}-{self._random.randrange(1, 160):04}"

    def _address(self) -> str:
        return f"10.{int(self._ward)}.{self._random.randrange(1, 30)}.{self._random.randrange(2, 250)}"

    def _windows(self, at: datetime, channel: str, event_id: int, host: str, **data: Any) -> str:
        self._record += 1
        head = {
            "@timestamp": _utc(at),
            "Channel": channel,
            "EventID": event_id,
            "Computer": host,
            "EventRecordID": f"{self._start:%m%d}{self._record:06}",
        }
        return json.dumps(head | data, ensure_ascii=False)

    def _process(self, at: datetime, host: str, account: str, steps: tuple[str, str, str]) -> str:
        image, command, parent = steps
        return self._windows(
            at,
            SYSMON,
            1,
            host,
            UtcTime=_utc(at)[:23].replace("T", " "),
            Image=image,
            CommandLine=command,
            ParentImage=parent,
            User=f"WARD\\{account}",
            ProcessId=self._random.randrange(400, 30000),
        )

    def _program(self, at: datetime) -> str:
        steps = self._random.choice(PROGRAMS)
        return self._process(at, self._host(), self._random.choice(ACCOUNTS), steps)

    def _logon(self, at: datetime) -> str:
        account = self._random.choice(ACCOUNTS)
        if self._random.random() < 0.04:
            return self._failed(at, account, self._address())
        return self._windows(
            at,
            "Security",
            4624,
            self._host(),
            TargetUserName=account,
            LogonType=self._random.choice((2, 3, 3, 3, 7)),
            IpAddress=self._address(),
        )

    def _failed(self, at: datetime, account: str, address: str) -> str:
        return self._windows(
            at,
            "Security",
            4625,
            f"SV-{self._ward}-0001",
            TargetUserName=account,
            LogonType=3,
            IpAddress=address,
            Status="0xc000006d",
        )

    def _lookup(self, at: datetime, name: str = "") -> str:
        query = name or self._random.choice(SITES)
        return self._eve(at, "dns", RESOLVER, dns={"type": "query", "rrname": query, "rrtype": "A"})

    def _page(self, at: datetime, name: str = "") -> str:
        site = name or self._random.choice(SITES)
        http = {
            "hostname": site,
            "url": "/",
            "http_method": "GET",
            "http_user_agent": "Mozilla/5.0",
            "status": 200,
            "length": self._random.randrange(400, 90000),
        }
        address = COMMAND_ADDRESS if name else f"198.51.100.{10 + SITES.index(site)}"
        return self._eve(at, "http", address, http=http, proto="TCP")

    def _eve(self, at: datetime, kind: str, to: str, **data: Any) -> str:
        head = {
            "timestamp": _utc(at),
            "event_type": kind,
            "src_ip": self._address(),
            "src_port": self._random.randrange(20000, 60000),
            "dest_ip": to,
            "dest_port": 53 if kind == "dns" else 443,
        }
        return json.dumps(head | data, ensure_ascii=False)

    def _connection(self, at: datetime) -> str:
        record = {
            "_path": "conn",
            "ts": at.timestamp(),
            "uid": f"C{self._random.getrandbits(60):x}",
            "id.orig_h": self._address(),
            "id.orig_p": self._random.randrange(20000, 60000),
            "id.resp_h": f"192.0.2.{self._random.randrange(1, 250)}",
            "id.resp_p": 443,
            "proto": "tcp",
            "local_resp": False,
            "orig_bytes": self._random.randrange(200, 300000),
            "resp_bytes": self._random.randrange(500, 900000),
        }
        return json.dumps(record)

    def _cloud(self, at: datetime, name: str = "", source: str = "s3.amazonaws.com") -> str:
        record = {
            "eventVersion": "1.08",
            "eventTime": _utc(at)[:19] + "Z",
            "eventSource": source,
            "eventName": name or self._random.choice(("GetObject", "ListBuckets", "DescribeInstances")),
            "awsRegion": "ap-northeast-1",
            "sourceIPAddress": f"198.51.100.{100 + int(self._ward) % 100}",
            "userIdentity": {"type": "AssumedRole", "userName": self._random.choice(ACCOUNTS)},
            "eventID": f"{self._random.getrandbits(128):032x}",
        }
        return json.dumps(record)

    def _noticed(self, at: datetime) -> str:
        """Return one event that an everyday rule notices, as happens in every ward."""
        shell = r"C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe"
        agent = r"C:\Program Files\Asset\agent.exe"
        choice = self._random.randrange(5)
        if choice == 0:
            steps = (shell, "powershell.exe -NoProfile -enc RwBlAHQA", agent)
            return self._process(at, self._host(), "SYSTEM", steps)
        if choice == 1:
            return self._lookup(at, f"cam{self._random.randrange(9)}.ddns.example")
        if choice == 2:
            steps = (r"C:\Tools\AnyDesk.exe", "AnyDesk.exe --service", r"C:\Windows\explorer.exe")
            return self._process(at, self._host("SV"), "hoshu", steps)
        if choice == 3:
            return self._cloud(at, "PutBucketPolicy")
        return self._windows(
            at, "Security", 4624, self._host("SV"), TargetUserName="svc-backup", LogonType=10, IpAddress="-"
        )


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f") + "+0000"
