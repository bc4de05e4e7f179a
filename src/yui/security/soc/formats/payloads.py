"""What stands inside a line or message of text: JSON, CEF, LEEF, auditd, Windows XML."""

from yui.security.soc.engine.records import LogRecord
from yui.security.soc.formats.auditd import audit_record
from yui.security.soc.formats.cef import cef_record
from yui.security.soc.formats.json_text import record_of_json
from yui.security.soc.formats.limits import DEFAULT_LIMITS, ReadLimits
from yui.security.soc.formats.windows_xml import windows_xml_record


def record_of_payload(text: str, place: str, *, limits: ReadLimits = DEFAULT_LIMITS) -> LogRecord | None:
    """The record that ``text`` is in one of the formats, None where it is none (then it is just text).

    JSON, as rsyslog and NXLog put it into messages, may follow the cookie ``@cee:`` (CEE Log Syntax 1.0).
    """
    text = text.lstrip()
    if text.startswith("@cee:"):
        text = text[5:].lstrip()
    letter = text[:1]
    record = None
    if letter == "{":
        record = record_of_json(text, place, limits=limits)
    elif letter == "<" and text.startswith("<Event"):
        record = windows_xml_record(text, place)
    elif letter == "C" or letter == "L":
        record = cef_record(text, place)
    elif letter == "t" or letter == "n":
        record = audit_record(text, place)
    return record if isinstance(record, LogRecord) else None
