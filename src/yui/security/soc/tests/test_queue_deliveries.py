"""What the queue carries: any pieces read back, no bytes crash the reading."""

from hypothesis import given
from hypothesis import strategies as st

from yui.security.soc.queue.deliveries import Delivery, decode, encode, occurrences_of, parts
from yui.security.soc.queue.errors import QueueRecordDamaged
from yui.security.soc.tests.queue_parts import delivery, payload

pieces = st.lists(st.binary(max_size=40), max_size=12)


@given(pieces, st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=3), st.booleans())
def test_a_delivery_reads_back(raws, context, acknowledged):
    given_ = Delivery(
        "131032", "s", "syslog", 5, raws, occurrences_of(raws), context, acknowledged=acknowledged
    )
    read = decode(encode(given_))
    assert (list(read.raws), list(read.occurrences), read.context, read.acknowledged) == (
        list(raws),
        list(given_.occurrences),
        context,
        acknowledged,
    )


@given(pieces, st.binary(max_size=30), st.integers(0, 200))
def test_no_bytes_crash_the_decoder(raws, noise, cut):
    try:
        decode(payload(*raws)[:cut] + noise)
    except QueueRecordDamaged as error:
        assert "壊れ" in str(error)


@given(pieces, st.integers(1, 60))
def test_parts_keep_pieces_order_and_occurrences(raws, most):
    whole = delivery(*raws)
    found = parts(whole, most)
    assert [raw for part in found for raw in part.raws] == raws
    assert [n for part in found for n in part.occurrences] == list(whole.occurrences)
    assert all(len(part.raws) == 1 or sum(map(len, part.raws)) <= most for part in found)


def test_equal_pieces_are_numbered():
    assert list(occurrences_of([b"a", b"b", b"a", b"a"])) == [0, 0, 1, 2]
    assert list(occurrences_of([b"a", b"b"])) == []
