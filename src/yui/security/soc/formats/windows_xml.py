"""Windows events as XML (Splunk's ``XmlWinEventLog``, Sysmon for Linux in syslog).

Source: Microsoft, "Event Schema". Documents that declare a document type or an entity are refused unread.
"""

from typing import Any
from xml.parsers import expat

from yui.security.soc.engine.records import LogRecord, Rejected
from yui.security.soc.formats.flattening import TooDeep, with_clean_names
from yui.security.soc.formats.rejecting import rejected
from yui.security.soc.formats.windows_events import from_event

_DEEPEST = 16


class _Tree:
    """Builds the shape of the EVTX reader's JSON from XML."""

    def __init__(self) -> None:
        self.root: dict[str, Any] = {}
        self._open: list[tuple[str, dict[str, Any], list[str]]] = [("", self.root, [])]

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens."""
        if len(self._open) > _DEEPEST:
            raise TooDeep
        node: dict[str, Any] = {}
        attributes.pop("xmlns", None)
        if attributes:
            node["#attributes"] = attributes
        self._open.append((name.rpartition(":")[2], node, []))

    def text(self, text: str) -> None:
        """Text between tags."""
        self._open[-1][2].append(text)

    def end(self, _: str) -> None:
        """An element closes and goes into its parent; a repeated one makes a list."""
        name, node, texts = self._open.pop()
        text = "".join(texts)
        value: Any = node
        if not node:
            value = text
        elif not any(key != "#attributes" for key in node) and (text.strip() or name == "Data"):
            node["#text"] = text
        parent = self._open[-1][1]
        if name not in parent:
            parent[name] = value
        elif parent[name].__class__ is list:
            parent[name].append(value)
        else:
            parent[name] = [parent[name], value]


def windows_xml_record(text: str, place: str) -> LogRecord | Rejected:
    """The record of one ``<Event>`` element, or why it is none."""
    if "<!" in text.replace("<![CDATA[", ""):
        return rejected(place, "bad_xml", text, why="<!DOCTYPE / <!ENTITY")
    tree = _Tree()
    parser = expat.ParserCreate()
    parser.StartElementHandler = tree.start
    parser.EndElementHandler = tree.end
    parser.CharacterDataHandler = tree.text
    try:
        parser.Parse(text.strip(), True)
        event = tree.root.get("Event")
        if event.__class__ is not dict or "System" not in event:
            return rejected(place, "bad_xml", text, why="no Event/System")
        record = from_event(event, text, place)
    except TooDeep:
        return rejected(place, "too_deep", text, limit=_DEEPEST)
    except (expat.ExpatError, ValueError) as error:
        return rejected(place, "bad_xml", text, why=error)
    clean = with_clean_names(record.fields)
    return record if clean is record.fields else record._replace(fields=clean)
