"""What every part of the SOC hands to the next: one record of a log, and where it came from."""

from typing import Any, NamedTuple


class LogSource(NamedTuple):
    """Sigma's words for where a log comes from; empty where the format does not say.

    Source: Sigma specification 2.1, "Log Source". All three are lower case.
    """

    product: str = ""
    category: str = ""
    service: str = ""


class LogRecord(NamedTuple):
    """One event as its format reads it.

    Attributes:
        source: what the format itself knows of the log source (``windows`` for an EVTX file, ``zeek``/``dns``
            for a Zeek DNS log); the engine's routes work out the categories that follow from field values.
        time: microseconds since 1970-01-01 UTC at which the event happened; None where it does not say.
        fields: one flat mapping from field name, spelled as the source spells it, to a text, number, boolean,
            None or list of these. Nested objects are joined by dots; Windows event data have their bare names
            (``CommandLine``, ``EventID``, ``Channel``), as Sigma rules expect.
        raw: the record as it came (for EVTX, its JSON), kept unchanged.
        place: where it was read, for messages: ``file:line`` or ``sender#number``.
        identifier: the sender's own stable number of the event (Elastic ``_id``; Windows computer, channel
            and record number), empty where there is none.
    """

    source: LogSource
    time: int | None
    fields: dict[str, Any]
    raw: str
    place: str = ""
    identifier: str = ""


class Rejected(NamedTuple):
    """A piece of input that is no record: counted and kept aside, never dropped in silence.

    Attributes:
        place: where it stood: ``file:line`` or ``sender#number``.
        reason: a short code for counting (``not_json``, ``too_long``, ``truncated``, …).
        detail: what is wrong and what to do, for people, in Japanese and English.
        sample: at most the first 2,000 characters of it.
    """

    place: str
    reason: str
    detail: str
    sample: str = ""
