"""Why a piece of input is no record: a code for counting, and a sentence in both languages."""

from types import MappingProxyType
from typing import Any

from yui.security.soc.engine.records import Rejected

SAMPLE_CHARACTERS = 2_000

REASONS: MappingProxyType[str, tuple[str, str]] = MappingProxyType(
    {
        "not_json": (
            "JSON として読めません({why})。送信側の出力を確かめてください。",
            "Not readable as JSON ({why}). Check what the sender writes.",
        ),
        "not_an_object": (
            "JSON のオブジェクトではありません。1 件を {{…}} の形で送ってください。",
            "Not a JSON object. Send each event as {{…}}.",
        ),
        "too_deep": (
            "JSON の入れ子が {limit} 段を超えます。送信側で浅くしてください。",
            "JSON is nested deeper than {limit} levels. Flatten it at the sender.",
        ),
        "too_many_fields": (
            "項目が {limit} 個を超えます。送信側で減らしてください。",
            "More than {limit} fields. Send fewer.",
        ),
        "too_long": (
            "1 件が {limit} バイトを超えます。送信側で分けてください。",
            "One record is longer than {limit} bytes. Split it at the sender.",
        ),
        "empty": ("中身がありません。", "There is nothing in it."),
        "truncated": (
            "途中で切れています({why})。写し直してください。",
            "It is cut off ({why}). Copy it again.",
        ),
        "corrupt": ("壊れています({why})。写し直してください。", "It is damaged ({why}). Copy it again."),
        "encrypted": (
            "暗号化されています。復号してから取り込んでください。",
            "It is encrypted. Decrypt it before reading.",
        ),
        "unsafe_path": (
            "書庫の外を指す名前です。作り直してください。",
            "The name points outside the archive. Make the archive again.",
        ),
        "link": (
            "リンクは読みません。実体を置いてください。",
            "Links are not read. Put the file itself.",
        ),
        "special_file": (
            "通常のファイルではありません。実体を置いてください。",
            "Not a regular file. Put the file itself.",
        ),
        "bomb": (
            "展開後が大きすぎます({why})。分けて取り込むか、上限を見直してください。",
            "It expands too far ({why}). Read it in parts, or review the limit.",
        ),
        "too_many_members": (
            "ファイルが {limit} 個を超えます。分けて取り込んでください。",
            "More than {limit} files. Read it in parts.",
        ),
        "archive_too_deep": (
            "書庫が {limit} 段より深く重なっています。展開してから取り込んでください。",
            "Archives lie deeper than {limit} inside each other. Unpack it before reading.",
        ),
        "not_a_log": (
            "ログのファイルの種類({why})ではありません。ログなら、ファイルを直接指定してください。",
            "Not a kind of file that holds logs ({why}). If it is one, name the file itself.",
        ),
        "binary": (
            "読める形式ではありません({why})。対応する形式は docs/log-formats.md にあります。",
            "Not a format that can be read ({why}). docs/log-formats.md lists those that can.",
        ),
        "unreadable": (
            "読めません({why})。権限とディスクを確かめてください。",
            "It cannot be read ({why}). Check permissions and the disk.",
        ),
        "evtx_chunk": (
            "EVTX のチャンクが壊れています({why})。元の端末から取り直してください。",
            "A chunk of the EVTX file is damaged ({why}). Collect it again from the machine.",
        ),
        "evtx_record": (
            "EVTX のレコードが壊れています({why})。元の端末から取り直してください。",
            "A record of the EVTX file is damaged ({why}). Collect it again from the machine.",
        ),
        "ragged_row": (
            "列の数が見出しと違います({why})。書き出し直してください。",
            "The row has another number of cells than the header ({why}). Export it again.",
        ),
        "bad_quotes": (
            "引用符が閉じていないか余分です({why})。書き出し直してください。",
            "A quotation mark is missing or too many ({why}). Export it again.",
        ),
        "bad_header": (
            "見出しを読めません({why})。書き出し直してください。",
            "The header cannot be read ({why}). Export it again.",
        ),
        "bad_xml": (
            "Windows イベントの XML として読めません({why})。送信側の出力を確かめてください。",
            "Not readable as XML of a Windows event ({why}). Check what the sender writes.",
        ),
        "bad_hec": (
            "HEC のイベントではありません({why})。event の項目を確かめてください。",
            "Not a HEC event ({why}). Check its event field.",
        ),
        "bad_bulk": (
            "_bulk の操作行と文書の組ではありません({why})。送信側の設定を確かめてください。",
            "Not a pair of action and document of _bulk ({why}). Check the sender's settings.",
        ),
        "bad_otlp": (
            "OTLP のログではありません({why})。/v1/logs に送る設定か確かめてください。",
            "Not OTLP logs ({why}). Check that the exporter sends logs to /v1/logs.",
        ),
    }
)


def rejected(place: str, reason: str, sample: str | bytes = "", **words: Any) -> Rejected:
    """A ``Rejected`` with the sentence of ``reason`` (one of ``REASONS``) filled with ``words``."""
    japanese, english = REASONS[reason]
    if isinstance(sample, bytes):
        sample = sample[: SAMPLE_CHARACTERS * 4].decode("utf-8", "backslashreplace")
    shown = {key: str(value)[:300] for key, value in words.items()}
    detail = f"{japanese.format(**shown)} / {english.format(**shown)}"
    return Rejected(place, reason, detail, sample[:SAMPLE_CHARACTERS])
