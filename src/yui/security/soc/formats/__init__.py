"""Outside formats of logs, files and wire, to ``LogRecord``s: pure, streaming, never a crash, nothing in
silence.

What other rooms call (everything else in this package is its own business):

Files — ``formats.reading``
    ``read_records(path: Path, *, limits: ReadLimits = ReadLimits()) -> Iterator[LogRecord | Rejected]``
        a file, a folder (sorted, with all below it), ``.gz``/``.bz2``/``.xz``, zip and tar, archives inside
        archives. The format is told by content. Raises ``InputMissing`` if the path itself does not exist.
    ``read_stream(name: str, stream: BinaryIO, *, limits: ReadLimits = ReadLimits()) -> Iterator[LogRecord |
    Rejected]``
        the same for an open binary file; ``name`` is used in places (and for the kind of a Zeek log).
    ``formats.limits.ReadLimits``  bytes per record, depth, members, expansion.

Wire — ``formats.wire``
    ``WireFormat``  ``SYSLOG``, ``HEC_EVENT``, ``HEC_RAW``, ``OTLP_PROTOBUF``, ``OTLP_JSON``,
    ``ELASTIC_BULK``. ``split(form, body: bytes, *, limits: ReadLimits = ReadLimits()) -> Iterator[bytes |
    Rejected]``
        cuts the (unzipped) body of one request into entries, each of which stands alone in the queue: one
        HEC event object, one raw line, one OTLP request holding a single log record, one
        ``action\\nsource`` pair of ``_bulk``. Cheap: it validates only what it must to cut.
    ``record_of(form, raw: bytes, *, place: str = "", received: int | None = None, zone: tzinfo = TOKYO)
    -> LogRecord | Rejected``  one such entry to its record. ``received`` (microseconds) gives the year that
        RFC 3164 leaves out; the record's time stays None where the event tells none. ``zone`` is that of
        RFC 3164 text.

One protocol each, for receivers that answer item by item
    ``formats.elastic_bulk.split_bulk(body, *, limits) -> Iterator[BulkItem]``; ``BulkItem(action, index,
    identifier,
        raw, rejected)``: ``raw`` is what ``record_of(WireFormat.ELASTIC_BULK, raw)`` takes, ``rejected`` is
        None if well.
    ``formats.hec.split_events(body, *, limits) -> Iterator[bytes | Rejected]`` (concatenated JSON),
        ``formats.hec.raw_entry(line: bytes, metadata: Mapping[str, str]) -> bytes``: a line of ``/raw``
        with the query's host, source, sourcetype, time, as an entry of ``HEC_EVENT``; without them it is
        one of ``HEC_RAW``.
    ``formats.otlp.split_protobuf(body)``, ``formats.otlp.split_json(body) -> Iterator[bytes | Rejected]``.
    ``formats.syslog.parse_syslog(line: bytes, *, place="", received=None, zone=TOKYO) -> LogRecord |
    Rejected``.

Lines and objects — ``formats.lines.record_of_line(text, place)``, ``formats.objects.record_of_object(obj,
raw, place)``.

Reasons of a ``Rejected`` are listed, with both languages, in ``formats.rejecting.REASONS``.
"""
