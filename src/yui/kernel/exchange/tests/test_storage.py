"""Kept files: whole or not there, named by their hash, and a full disk said so."""

import hashlib
import io
import resource

import pytest

from yui.kernel.exchange import errors
from yui.kernel.exchange.models import ImportRun
from yui.kernel.exchange.storage import path_of, store_file, verified_path


def test_bytes_are_kept_once_under_their_hash(settings):
    first, second = store_file(io.BytesIO(b"abc")), store_file(io.BytesIO(b"abc"))
    assert first == second
    assert first.sha256 == hashlib.sha256(b"abc").hexdigest()
    assert verified_path(first.sha256).read_bytes() == b"abc"
    assert [p for p in settings.FILES.rglob("*") if p.is_file()] == [path_of(first.sha256)]


def test_kept_files_are_private():
    assert path_of(store_file(io.BytesIO(b"abc")).sha256).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(("data", "error"), [(b"", errors.EmptyFile), (b"x" * 11, errors.FileTooLarge)])
def test_what_is_refused_leaves_nothing(settings, data, error):
    with pytest.raises(error):
        store_file(io.BytesIO(data), limit=10)
    assert not [p for p in settings.FILES.rglob("*") if p.is_file()]


def test_a_source_that_breaks_off_leaves_nothing(settings):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            data = super().read(size)
            if not data:
                raise ConnectionError("the sender went away")
            return data

    with pytest.raises(ConnectionError):
        store_file(Broken(b"abc"))
    assert not [p for p in settings.FILES.rglob("*") if p.is_file()]


@pytest.fixture
def little_room():
    """No file may grow beyond 1 MiB: writing more fails as it does on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_a_clear_message(settings, sent, little_room, minato):
    with pytest.raises(errors.StorageFull) as refusal:
        sent(b"x" * 3 * 2**20)
    assert "空き" in str(refusal.value)
    assert "何も変わっていません" in str(refusal.value)
    assert not [p for p in settings.FILES.rglob("*") if p.is_file()]
    assert not ImportRun.objects.owned_by(minato).exists()
