"""Events in the lake: taken in once, filed by ward and hour, found again within what a reader may reach.

What other parts of the SOC call:

``writing.EventStore(normalise)``
    one per process. ``append(ward, records, received, ids) -> AppendResult`` and
    ``append_many(Iterable[Batch]) -> AppendResult`` (one transaction): when they return, the events are on
    the disk; repeating them stores nothing twice. Batches of thousands of events cost some 15 µs an event,
    small ones more, since each ward and hour of a call makes one file.
    ``unseen(Batch) -> list[int]`` tells which events are not stored yet, without storing any.
    ``normalise`` is ``engine.ocsf.ocsf_columns_of_kind``.
``event_ids.event_id(*parts) -> bytes``, ``event_ids.FileIds().of(record) -> bytes``
    the 16 bytes by which an event is known.
``reading.find_event(reach, event_id, span)``, ``reading.read_events(path, ward)``, ``reading.Span``
    stored events back to ``LogRecord``s, exactly as they came.
``compaction.compact(...)``, ``retention.expire(...)``
    for the periodic jobs.
``retro_hunt.retro_hunt(...)``, ``spark.detect_on_spark(...)``
    detection over what is stored.
"""
