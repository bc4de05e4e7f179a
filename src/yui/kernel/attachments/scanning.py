"""The installation's malware scanner: any command that takes a path and tells by its exit code."""

import shlex
import subprocess
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from yui.kernel.attachments.errors import MalwareFound, ScanFailed
from yui.kernel.attachments.models import ScanState

SECONDS = 120
CLEAN, INFECTED = 0, 1


def scan(path: Path, name: str) -> ScanState:
    """Let the scanner look at the file; without a scanner it stays ``not_scanned``.

    The command of ``YUI_MALWARE_SCANNER`` gets the path as its last argument and exits with 0 for clean and
    1 for infected (as ``clamdscan --no-summary`` does); anything else is no verdict. No shell reads it.

    Raises:
        MalwareFound: for an infected file.
        ScanFailed: where the scanner cannot be run, takes too long, or gives no verdict.
    """
    command = shlex.split(settings.MALWARE_SCANNER)
    if not command:
        return ScanState.NOT_SCANNED
    try:
        done = subprocess.run(  # noqa: S603 — the command is the administrator's setting
            [*command, str(path)], stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ScanFailed(
            name, reason=_("%(seconds)s秒待っても終わりません") % {"seconds": SECONDS}
        ) from error
    except OSError as error:
        raise ScanFailed(name, reason=error.strerror or type(error).__name__) from error
    if done.returncode == INFECTED:
        raise MalwareFound(name)
    if done.returncode != CLEAN:
        raise ScanFailed(name, reason=_("検査の終了コード %(code)s") % {"code": done.returncode})
    return ScanState.CLEAN
