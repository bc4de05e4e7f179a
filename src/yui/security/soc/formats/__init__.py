"""Outside formats of logs, files and wire, to ``LogRecord``s: pure, streaming, never a crash, nothing silent.

What other rooms call (everything else in this package is its own business):

Files — ``formats.reading``
    ``read_records(path: Path, *, limits=DEFAULT_LIMITS) -> Iterator[LogRecord | Rejected]``
        a file, a folder (sorted, with all below it), ``.gz``/``.bz2``/``.xz``, zip and tar, archives inside
        archives. The format is told by content. Raises ``InputMissing`` if the path does not exist.
    ``read_stream(name: str, stream: BinaryIO, *, limits=DEFAULT_LIMITS) -> Iterator[LogRecord | Rejected]``
        the same for an open binary file; ``name`` is used in places (and for the kind of a Zeek log).
    ``read_blocks(path: Path, *, limits=DEFAULT_LIMITS) -> Iterator[LogRecord | Rejected | JsonBlock]``
        as ``read_records``, with lines of JSON as ``formats.lines.JsonBlock``s: ``.objects``, ``.text``, and
        ``.item(position)``, which makes the record of one line.
    ``formats.limits.ReadLimits``
        bytes per record, nesting, fields, archive depth, members, expansion.

Wire — ``formats.wire``
    ``WireFormat``
        ``SYSLOG``, ``HEC_EVENT``, ``HEC_RAW``, ``OTLP_PROTOBUF``, ``OTLP_JSON``, ``ELASTIC_BULK``.
    ``split(form, body: bytes, *, limits=DEFAULT_LIMITS) -> Iterator[bytes | Rejected]``
        cuts the unzipped body of one request into entries, each of which stands alone in the queue:
        one HEC event
        object, one raw line, one OTLP request of a single log record, one ``action\\nsource`` pair of
        ``_bulk``.
        Cheap: it validates only what it must to cut.
    ``record_of(form, raw: bytes, *, place="", received: int | None = None, zone=TOKYO,
    limits=DEFAULT_LIMITS)``
        ``-> LogRecord | Rejected``: one such entry to its record. ``received`` (microseconds) gives
        the year that
        RFC 3164 leaves out; the record's time stays None where the event tells none.

One protocol each, for receivers that answer item by item
    ``formats.elastic_bulk.split_bulk(body, *, limits) -> Iterator[BulkItem]``
        ``BulkItem(action, index_name, identifier, raw, rejected)``; ``raw`` is an entry of ``ELASTIC_BULK``.
    ``formats.hec.split_events(body, *, limits)``, ``formats.hec.split_lines(body, *, limits)``
        ``-> Iterator[bytes | Rejected]``.
    ``formats.hec.raw_entry(line: bytes, metadata: Mapping[str, str]) -> bytes``
        a line of ``/raw`` with the query's host, source, sourcetype, index, time, as an entry of
        ``HEC_EVENT``;
        a line without them is an entry of ``HEC_RAW`` as it stands.
    ``formats.otlp.split_protobuf(body, *, limits)``, ``formats.otlp.split_json(body, *, limits)``
        ``-> Iterator[bytes | Rejected]``.
    ``formats.syslog.parse_syslog(line: bytes, *, place="", received=None, zone=TOKYO,
    limits=DEFAULT_LIMITS)``
        ``-> LogRecord | Rejected``.

Reasons of a ``Rejected`` are listed, with both languages, in ``formats.rejecting.REASONS``; what is read how,
and
under which field names, in ``docs/log-formats.md``.
"""
