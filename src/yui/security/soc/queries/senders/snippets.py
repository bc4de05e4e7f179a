"""Ready-made configuration for what wards already run; nothing in it was fetched from anywhere.

The options are those of rsyslog 8 (omfwd, omelasticsearch), syslog-ng 3.38 (network(), http(),
elasticsearch-http()), Fluent Bit 3, Winlogbeat 8 and the OpenTelemetry Collector.
"""

from dataclasses import dataclass

HTTP_PORT = 8088
SYSLOG_TLS_PORT = 6514
SYSLOG_PORT = 514
PLACE_OF_TOKEN = "ここにトークン"  # noqa: S105  what stands in place of a token that is not known any more


@dataclass(frozen=True)
class Snippet:
    """Configuration for one program: its name, the file that it usually stands in, the text."""

    program: str
    file: str
    text: str


def snippets(host: str, proof: str, protocols: list[str], token: str = "") -> list[Snippet]:
    """Return the configurations that fit a sender.

    Args:
        host: name of the machine that receives.
        proof: ``token``, ``certificate`` or ``address``.
        protocols: what the sender may use.
        token: the token in clear while it is known; a placeholder stands for it afterwards.
    """
    secret = token or PLACE_OF_TOKEN
    found: list[Snippet] = []
    if "syslog" in protocols:
        found += _plain_syslog(host) if proof == "address" else _tls_syslog(host)
    if proof == "token":
        if "elastic" in protocols:
            found += _elastic(host, secret)
        if "hec" in protocols:
            found += _hec(host, secret)
        if "otlp" in protocols:
            found.append(_otlp(host, secret))
    return found


def _plain_syslog(host: str) -> list[Snippet]:
    return [
        Snippet(
            "rsyslog",
            "/etc/rsyslog.d/60-yui.conf",
            f'*.* action(type="omfwd" target="{host}" port="{SYSLOG_PORT}" protocol="tcp"\n'
            '           TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format"\n'
            '           queue.type="LinkedList" queue.filename="yui" queue.saveOnShutdown="on"\n'
            '           action.resumeRetryCount="-1")',
        )
    ]


def _tls_syslog(host: str) -> list[Snippet]:
    return [
        Snippet(
            "rsyslog",
            "/etc/rsyslog.d/60-yui.conf",
            'global(DefaultNetstreamDriver="ossl"\n'
            '       DefaultNetstreamDriverCAFile="/etc/yui/ca.pem"\n'
            '       DefaultNetstreamDriverCertFile="/etc/yui/client.pem"\n'
            '       DefaultNetstreamDriverKeyFile="/etc/yui/client.key")\n'
            f'*.* action(type="omfwd" target="{host}" port="{SYSLOG_TLS_PORT}" protocol="tcp"\n'
            '           StreamDriver="ossl" StreamDriverMode="1" StreamDriverAuthMode="x509/name"\n'
            f'           StreamDriverPermittedPeers="{host}"\n'
            '           TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format"\n'
            '           queue.type="LinkedList" queue.filename="yui" queue.saveOnShutdown="on"\n'
            '           action.resumeRetryCount="-1")',
        ),
        Snippet(
            "syslog-ng",
            "/etc/syslog-ng/conf.d/yui.conf",
            "destination d_yui {\n"
            f'  syslog("{host}" port({SYSLOG_TLS_PORT}) transport("tls")\n'
            '    tls(ca-file("/etc/yui/ca.pem") cert-file("/etc/yui/client.pem")\n'
            '        key-file("/etc/yui/client.key") peer-verify(required-trusted))\n'
            "    disk-buffer(disk-buf-size(1073741824) reliable(yes)));\n"
            "};\n"
            "log { source(s_src); destination(d_yui); };",
        ),
    ]


def _elastic(host: str, secret: str) -> list[Snippet]:
    return [
        Snippet(
            "Winlogbeat",
            "winlogbeat.yml",
            "winlogbeat.event_logs:\n"
            "  - name: Security\n"
            "  - name: Microsoft-Windows-Sysmon/Operational\n"
            "  - name: Microsoft-Windows-PowerShell/Operational\n"
            "output.elasticsearch:\n"
            f'  hosts: ["https://{host}:{HTTP_PORT}"]\n'
            "  headers:\n"
            f'    Authorization: "Bearer {secret}"\n'
            '  ssl.certificate_authorities: ["C:/ProgramData/yui/ca.pem"]\n'
            "setup.ilm.enabled: false\n"
            "setup.template.enabled: false",
        ),
        Snippet(
            "syslog-ng",
            "/etc/syslog-ng/conf.d/yui.conf",
            "destination d_yui {\n"
            "  elasticsearch-http(\n"
            f'    url("https://{host}:{HTTP_PORT}/_bulk") index("syslog") type("")\n'
            f'    headers("Authorization: Bearer {secret}")\n'
            '    tls(ca-file("/etc/yui/ca.pem") peer-verify(yes))\n'
            "    disk-buffer(disk-buf-size(1073741824) reliable(yes)));\n"
            "};\n"
            "log { source(s_src); destination(d_yui); };",
        ),
    ]


def _hec(host: str, secret: str) -> list[Snippet]:
    return [
        Snippet(
            "Fluent Bit",
            "fluent-bit.conf",
            "[OUTPUT]\n"
            "    Name         splunk\n"
            "    Match        *\n"
            f"    Host         {host}\n"
            f"    Port         {HTTP_PORT}\n"
            f"    Splunk_Token {secret}\n"
            "    Splunk_Send_Raw Off\n"
            "    TLS          On\n"
            "    TLS.Ca_File  /etc/yui/ca.pem\n"
            "    Retry_Limit  no_limits",
        ),
        Snippet(
            "curl",
            "",
            f'curl --cacert /etc/yui/ca.pem -H "Authorization: Splunk {secret}" \\\n'
            f"  https://{host}:{HTTP_PORT}/services/collector/event \\\n"
            '  -d \'{"event": {"message": "test"}}\'',
        ),
    ]


def _otlp(host: str, secret: str) -> Snippet:
    return Snippet(
        "OpenTelemetry Collector",
        "otelcol.yaml",
        "exporters:\n"
        "  otlphttp:\n"
        f"    logs_endpoint: https://{host}:{HTTP_PORT}/v1/logs\n"
        "    headers:\n"
        f'      Authorization: "Bearer {secret}"\n'
        "    tls:\n"
        "      ca_file: /etc/yui/ca.pem\n"
        "    sending_queue:\n"
        "      storage: file_storage\n"
        "    retry_on_failure:\n"
        "      max_elapsed_time: 0",
    )
