"""File names that are safe to keep, to show and to hand out."""

import re
import unicodedata

from yui.kernel.attachments.kinds import EXTENSIONS

LONGEST_NAME = 120
_UNUSABLE = re.compile(r'[<>:"|?*\\/]')


def clean_name(name: str, media_type: str) -> str:
    """Return the last part of ``name`` without signs that steer paths, terminals or the text's direction.

    The ending follows the bytes: a PDF called ``bill.exe`` becomes ``bill.exe.pdf``.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C" or sign == "\u200d")
    shown = _UNUSABLE.sub("_", shown).strip(" .")
    stem, dot, ending = shown.rpartition(".")
    endings = EXTENSIONS[media_type]
    if not dot or not stem or ending.lower() not in endings:
        stem, ending = shown, endings[0]
    return f"{stem[: LONGEST_NAME - len(ending) - 1].rstrip(' .') or 'file'}.{ending}"
