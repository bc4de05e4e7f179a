"""What each operation means for one value, in one place: every other part asks or agrees with this."""

from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from yui.security.soc.engine.sigma import wildcards
from yui.security.soc.engine.sigma.nodes import COMPARED, TIME_PARTS, Atom, Op
from yui.security.soc.engine.sigma.regexes import compile_regex
from yui.security.soc.engine.sigma.values import moment_of, number_of

TextTest = Callable[[str], bool]


def predicate(atom: Atom) -> TextTest:
    """Return the test of an atom on the text of one value.

    Not for NULL, EXISTS and references to fields, which look at more than one value.

    Raises:
        ValueError: when the literal cannot be used (a regular expression that is refused, no network, no
            number).
    """
    return _predicate(atom.op, atom.literal, atom.cased)


@lru_cache(maxsize=20_000)
def _predicate(op: Op, literal: str, cased: bool) -> TextTest:
    if op in (Op.EQUALS, Op.CONTAINS, Op.STARTSWITH, Op.ENDSWITH):
        test = _text_test(op, literal)
        return test if cased else lambda text: test(text.casefold())
    if op is Op.WILDCARD:
        matches = wildcards.matcher(literal) or compile_regex(wildcards.as_regex(literal))
        return matches if cased else (lambda text: matches(text.casefold()))
    if op is Op.REGEX:
        return compile_regex(literal)
    if op is Op.CIDR:
        return _in_network(literal)
    if op in COMPARED:
        return _compared(op, float(literal))
    if op in TIME_PARTS:
        return _time_part(op, int(literal))
    return _no_text_test


def _no_text_test(text: str) -> bool:
    """Answer for operations that do not look at one text."""
    return False


def _text_test(op: Op, literal: str) -> TextTest:
    if op is Op.EQUALS:
        return literal.__eq__
    if op is Op.CONTAINS:
        return lambda text: literal in text
    if op is Op.STARTSWITH:
        return lambda text: text.startswith(literal)
    return lambda text: text.endswith(literal)


def _in_network(cidr: str) -> TextTest:
    network = ip_network(cidr)

    def inside(text: str) -> bool:
        address = _address(text)
        return address is not None and address.version == network.version and address in network

    return inside


@lru_cache(maxsize=64)
def _address(text: str) -> IPv4Address | IPv6Address | None:
    """Return the address that a text is; kept, as the next network asks for the same one."""
    try:
        return ip_address(text.strip())
    except ValueError:
        return None


def _compared(op: Op, limit: float) -> TextTest:
    def holds(text: str) -> bool:
        number = number_of(text)
        if number is None:
            return False
        if op is Op.LT:
            return number < limit
        if op is Op.LTE:
            return number <= limit
        return number > limit if op is Op.GT else number >= limit

    return holds


def _time_part(op: Op, wanted: int) -> TextTest:
    def holds(text: str) -> bool:
        moment = moment_of(text)
        if moment is None:
            return False
        part = moment.isocalendar().week if op is Op.WEEK else getattr(moment, op.value)
        return bool(part == wanted)

    return holds


def reference_holds(op: Op, text: str, other: str) -> bool:
    """Tell whether two values stand as a field reference asks: ``text`` equals, begins, ends with, contains
    ``other``.
    """
    text, other = text.casefold(), other.casefold()
    if op is Op.FIELD_EQUALS:
        return text == other
    if op is Op.FIELD_STARTSWITH:
        return text.startswith(other)
    if op is Op.FIELD_ENDSWITH:
        return text.endswith(other)
    return other in text
