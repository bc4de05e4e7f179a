"""OTLP/HTTP logs: the OpenTelemetry exporter unchanged, both encodings, partial success."""

import gzip
import json
import logging
import urllib.error
import urllib.request

import pytest
from google.rpc.status_pb2 import Status
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import (
    ExportLogsServiceRequest,
    ExportLogsServiceResponse,
)
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.resources import Resource

from yui.security.soc.formats.wire import WireFormat, record_of
from yui.security.soc.queue.log import QueueLimits
from yui.security.soc.receivers.limits import ReceiverLimits
from yui.security.soc.tests.receiving import MINATO, Running

BEARER = {"Authorization": "Bearer minato-secret"}
JSON = {**BEARER, "Content-Type": "application/json"}
PROTOBUF = {**BEARER, "Content-Type": "application/x-protobuf"}
ONE = {
    "resourceLogs": [{"scopeLogs": [{"logRecords": [{"timeUnixNano": "1", "body": {"stringValue": "x"}}]}]}]
}


@pytest.fixture
def running(tmp_path):
    with Running(tmp_path / "queue") as receivers:
        yield receivers


def request_of(*sizes: int) -> bytes:
    request = ExportLogsServiceRequest()
    logs = request.resource_logs.add().scope_logs.add().log_records
    for number, size in enumerate(sizes):
        logs.add(time_unix_nano=1_700_000_000_000_000_000 + number).body.string_value = "x" * size
    return request.SerializeToString()


def send(running, body, headers):
    request = urllib.request.Request(running.url + "/v1/logs", data=body, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


@pytest.mark.filterwarnings("ignore:`LoggingHandler`:DeprecationWarning")
@pytest.mark.parametrize("compression", [Compression.Gzip, Compression.NoCompression, Compression.Deflate])
def test_the_opentelemetry_exporter_sends_unchanged(running, compression):
    exporter = OTLPLogExporter(
        f"{running.url}/v1/logs", headers={"authorization": "Bearer minato-secret"}, compression=compression
    )
    provider = LoggerProvider(resource=Resource.create({"service.name": "gate"}))
    provider.add_log_record_processor(BatchLogRecordProcessor(exporter))
    logger = logging.getLogger(f"otlp-{compression}")
    logger.propagate = False
    logger.addHandler(LoggingHandler(logger_provider=provider))
    for number in range(300):
        logger.warning("event %d", number)
    provider.shutdown()
    records = [record_of(WireFormat.OTLP_PROTOBUF, raw) for raw in running.raws()]
    assert len(records) == 300
    assert all(f"event {number}" in record.raw for number, record in enumerate(records))
    assert {one.ward for one in running.taken()} == {MINATO}


def test_protobuf_and_json_are_answered_in_kind(running):
    status, body, headers = send(running, request_of(1, 2), PROTOBUF)
    assert (status, headers["Content-Type"]) == (200, "application/x-protobuf")
    assert not ExportLogsServiceResponse.FromString(body).HasField("partial_success")
    status, body, headers = send(running, json.dumps(ONE).encode(), JSON)
    assert (status, json.loads(body)) == (200, {})
    assert [one.wire_format for one in running.taken()] == ["otlp_protobuf", "otlp_json"]
    assert len(running.raws()) == 3


def test_a_record_that_is_too_long_is_a_partial_success(tmp_path):
    with Running(tmp_path, limits=ReceiverLimits(event_bytes=1000)) as running:
        status, body, _ = send(running, request_of(10, 5000, 10), PROTOBUF)
        partial = ExportLogsServiceResponse.FromString(body).partial_success
        assert (status, partial.rejected_log_records) == (200, 1)
        assert "too_long" in str(running.figures())
        assert len(running.raws()) == 2


def test_what_is_no_otlp_is_refused_and_kept_aside(running):
    status, body, _ = send(running, b"\xff\xff\xff", PROTOBUF)
    assert (status, Status.FromString(body).code) == (400, 3)
    status, body, _ = send(running, b'{"resourceLogs": 5}', JSON)
    assert (status, json.loads(body)["code"]) == (400, 3)
    assert send(running, b"{" * 100_000, JSON)[0] == 400
    assert send(running, gzip.compress(b"x")[:-3], {**PROTOBUF, "Content-Encoding": "gzip"})[0] == 400
    assert send(running, b"x", {**BEARER, "Content-Type": "text/plain"})[0] == 415
    assert [one.wire_format for one in running.taken()] == ["rejected"] * 3


def test_an_empty_export_is_a_success(running):
    assert send(running, b"", PROTOBUF)[0] == 200


def test_unknown_senders(running):
    assert send(running, request_of(1), {**PROTOBUF, "Authorization": "Bearer wrong"})[0] == 401
    assert send(running, request_of(1), {"Content-Type": "application/x-protobuf"})[0] == 401
    assert running.taken() == []


def test_pressure_is_told_with_429_and_a_full_disk_with_503(tmp_path):
    with Running(tmp_path / "small", queue_limits=QueueLimits(most_bytes=100, free_bytes=0)) as running:
        status, _, headers = send(running, request_of(100), PROTOBUF)
        assert (status, int(headers["Retry-After"]) > 0) == (429, True)
    with Running(tmp_path / "full", queue_limits=QueueLimits(free_bytes=1 << 62)) as running:
        status, body, headers = send(running, request_of(100), PROTOBUF)
        assert (status, int(headers["Retry-After"]) > 0) == (503, True)
        assert "空き容量" in Status.FromString(body).message
        assert running.taken() == []
