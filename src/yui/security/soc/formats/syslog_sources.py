"""Which log a syslog program writes, in Sigma's words."""

import re

from yui.security.soc.engine.records import LogSource

_SERVICES = {
    "sshd": "sshd",
    "sshd-session": "sshd",
    "sudo": "sudo",
    "cron": "cron",
    "crond": "cron",
    "clamd": "clamav",
    "freshclam": "clamav",
    "vsftpd": "vsftpd",
    "guacd": "guacamole",
    "su": "auth",
    "login": "auth",
    "systemd-logind": "auth",
    "useradd": "auth",
    "passwd": "auth",
}
_LINUX_SYSLOG = LogSource("linux", "", "syslog")
_SOURCES = {program: LogSource("linux", "", service) for program, service in _SERVICES.items()}
_CISCO = re.compile(r"%([A-Z][A-Z0-9_]{0,30})-(?:[A-Z0-9_]{1,30}-){0,3}\d-[A-Z0-9_]{1,40}", re.ASCII)
_CISCO_SOURCES = {
    "AAA": LogSource("cisco", "", "aaa"),
    "BGP": LogSource("cisco", "", "bgp"),
    "LDP": LogSource("cisco", "", "ldp"),
}
_CISCO_OTHER = LogSource("cisco")


def syslog_source(program: str, message: str) -> LogSource:
    """Cisco by the mnemonic of its messages (``%AAA-5-…``), else Linux with the service of ``program``."""
    if "%" in message:
        cisco = _CISCO.search(message[:300])
        if cisco:
            return _CISCO_SOURCES.get(cisco[1], _CISCO_OTHER)
    return _SOURCES.get(program.lower(), _LINUX_SYSLOG)
