"""Past proposals come in from tables, again without doubles, and each bad row says why."""

import io
import json
from datetime import date

import pytest
from django.core.management.base import CommandError

from yui.kernel.exchange.export import CellKind, ExportColumn, Sheet, xlsx_bytes
from yui.kernel.exchange.operations import apply_run, preview_run, upload_file
from yui.kernel.policy import PermissionRefused
from yui.people.practices.commands.proposals.import_ import Command
from yui.people.practices.importing_proposals import IMPORTER_CODE
from yui.people.practices.models import Proposal
from yui.people.practices.operations.proposals import begin_review, set_categories

HEAD = "提案年度,受付番号,提案件名,提案種別,提案内容,採否,理由,受付日,決定年月日,所属"
ROWS = (
    "令和7年度,1,見本を置く,アイデア提案,窓口に置く,採用,,R7.6.10,2025-08-01,総務課",
    "令和7年度,2,転記をやめる,実施報告,取り込む,実施済,,2025/7/1,,",
    "R7,3,席を増やす,アイディア,増やす,不採用,予算がない,2025年7月2日,令和7年9月1日,",
    "2025,4,迷う標識,課題提起,読めない,審査中,,,,旧秘書課",
)


def table(*rows: str, head: str = HEAD) -> str:
    return "\n".join([head, *rows]) + "\n"


@pytest.fixture
def take_in(minato, anna, actor_of):
    """A function that takes a file in and returns the run."""

    def run(content: bytes | str, *, actor=None, skip: bool = False, name: str = "提案.csv"):
        actor = actor or actor_of(anna)
        source = content.encode() if isinstance(content, str) else content
        kept = upload_file(
            actor, organisation=minato, importer=IMPORTER_CODE, source=io.BytesIO(source), name=name
        )
        kept = preview_run(actor, kept.pk)
        return apply_run(actor, kept.pk, skip_errors=skip) if not kept.rows_rejected or skip else kept

    return run


def stored(ward) -> dict[str, Proposal]:
    return {each.title: each for each in Proposal.objects.owned_by(ward)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_register_is_taken_in_whatever_its_letters(encoding, take_in, minato):
    run = take_in(table(*ROWS).encode(encoding))
    assert (run.rows_read, run.rows_accepted, run.rows_rejected) == (4, 4, 0)
    made = stored(minato)
    stages = {title: (each.kind, each.stage, each.outcome) for title, each in made.items()}
    assert stages == {
        "見本を置く": ("idea", "adopted", "adopted"),
        "転記をやめる": ("implemented", "implemented", "adopted"),
        "席を増やす": ("idea", "rejected", "rejected"),
        "迷う標識": ("issue", "review", ""),
    }
    first = made["見本を置く"]
    assert (first.submitted_on, first.decided_on) == (date(2025, 6, 10), date(2025, 8, 1))
    assert first.number == "令和7-港区-001" and first.due_on is None
    assert made["迷う標識"].group_name == "旧秘書課" and made["迷う標識"].submitted_on is None
    assert made["席を増やす"].decision_reason == "予算がない"


def test_a_workbook_is_taken_in(take_in, minato):
    columns = [ExportColumn(name, CellKind.TEXT) for name in HEAD.split(",")]
    rows = [row.split(",") for row in ROWS]
    run = take_in(xlsx_bytes([Sheet("提案", columns, rows)]), name="提案.xlsx")
    assert run.rows_accepted == 4 and len(stored(minato)) == 4


def test_taking_in_again_adds_nothing_and_corrects_what_changed(take_in, minato):
    take_in(table(*ROWS))
    again = take_in(table(*ROWS, ""))
    assert (again.rows_accepted, again.rows_unchanged) == (0, 4)
    changed = take_in(table(ROWS[0].replace("見本を置く", "大きな見本を置く"), *ROWS[1:]))
    assert (changed.rows_accepted, changed.rows_unchanged) == (1, 3)
    assert len(stored(minato)) == 4 and "大きな見本を置く" in stored(minato)


def test_what_yui_has_gone_on_working_with_keeps_its_stage(take_in, minato, alice, actor_of):
    take_in(table("R7,9,待つ提案,アイデア,内容,受付,,,,"))
    begin_review(actor_of(alice), proposal=stored(minato)["待つ提案"])
    take_in(table("R7,9,待つ提案,アイデア,書き足した内容,不採用,理由,,,"))
    proposal = stored(minato)["待つ提案"]
    assert (proposal.stage, proposal.outcome, proposal.idea) == ("review", "", "書き足した内容")


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("令和99年度,1,題,アイデア,,,,,,", "年度", "始まっていない"),
        ("昔,1,題,アイデア,,,,,,", "年度", ""),
        ("R7,1,,アイデア,,,,,,", "件名", "空"),
        ("R7,1,題,思いつき,,,,,,", "種別", ""),
        ("R7,1,題,アイデア,,大成功,,,,", "結果", ""),
        ("R7,1,題,アイデア,,採用,,2026-06-01,,", "提出日", "年度の外"),
        ("R7,1,題,アイデア,,採用,,2025-06-01,2025-05-01,", "決定日", "前"),
        ("R7,1,題,アイデア,番号は123456789018です,,,,,", "提案の内容", "個人番号"),
        (f"R7,1,{'長' * 161},アイデア,,,,,,", "件名", "文字"),
    ],
)
def test_each_bad_row_says_why(row, column, words, take_in, minato):
    run = take_in(table(ROWS[1], row))
    (line,) = run.error_lines()
    assert line["row"] == 3 and line["column"] == column and words in line["message"]
    assert not stored(minato)
    skipped = take_in(table(ROWS[1], row, ""), skip=True)
    assert (skipped.rows_read, skipped.rows_accepted, skipped.rows_rejected) == (2, 1, 1)


def test_a_personal_number_is_shown_masked(take_in):
    run = take_in(table("R7,1,題,アイデア,番号は123456789018です,,,,,"))
    assert (
        "123456789018" not in json.dumps(run.error_lines()[0]["value"])
        and "**" in run.error_lines()[0]["value"]
    )


def test_two_rows_of_one_proposal_are_an_error(take_in):
    run = take_in(table(ROWS[0], ROWS[0].replace("見本を置く", "別の題")))
    assert "2行目と同じ提案" in run.error_lines()[0]["message"]


def test_a_category_must_be_offered(take_in, minato, system_actor):
    head, row = HEAD + ",分類", "R7,1,題,アイデア,,,,,,,窓口"
    assert "分類" in take_in(table(row, head=head)).error_lines()[0]["message"]
    set_categories(system_actor, organisation=minato, names=["窓口"])
    take_in(table(row, "", head=head))
    assert stored(minato)["題"].category.name == "窓口"


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00\x01\x02", b"PK\x03\x04broken", table("R7,1", head="年度,件名").encode(), b"<html>" * 50],
)
def test_a_hostile_file_changes_nothing(content, minato, tmp_path):
    path = tmp_path / "提案.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError):
        _run(path)
    assert not stored(minato)


def _run(path, *options: str) -> None:
    parser = Command().create_parser("yui", "proposals import")
    given = vars(parser.parse_args([str(path), "--ward", "131032", *options]))
    Command().handle(**given)


def test_the_command_counts_in_json(minato, tmp_path, capsys):
    path = tmp_path / "提案.csv"
    path.write_text(table(*ROWS, "R7,5,題,思いつき,,,,,,"), encoding="cp932")
    _run(path, "--json", "--skip-errors")
    result = json.loads(capsys.readouterr().out)
    assert (result["read"], result["accepted"], result["rejected"]) == (5, 4, 1)
    assert result["read"] == result["accepted"] + result["unchanged"] + result["rejected"]
    assert len(stored(minato)) == 4


def test_formulas_and_markup_come_in_as_text(take_in, minato, bob, client_of):
    take_in(table("R7,1,<script>alert(1)</script>,アイデア,=1+1,採用,,,,"))
    proposal = next(iter(stored(minato).values()))
    shown = client_of(bob).get(proposal.get_absolute_url()).content.decode()
    assert "<script>alert" not in shown and "=1+1" in shown


def test_viewers_take_nothing_in(take_in, bob, minato, actor_of):
    with pytest.raises(PermissionRefused):
        take_in(table(*ROWS), actor=actor_of(bob))
    assert not stored(minato)
