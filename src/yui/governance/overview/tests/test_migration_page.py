"""移行の進捗: the matrix, what remains, what needs more time, the ward beside the others."""

from datetime import date

import pytest

from yui.governance.overview.panels.migration import panels
from yui.governance.overview.queries.migration import Reason, burn_down_of, progress_of
from yui.governance.overview.queries.question import ask
from yui.kernel.calendar_jp import Month
from yui.registry.models import StandardBusinessArea

pytestmark = pytest.mark.django_db
ADDRESS = "/overview/migration/"


def page(client, **query):
    return client.get(ADDRESS, {"month": "2026-10"} | query).content.decode()


def test_the_page_tells_of_every_cell(everything, alice, client_of):
    text = page(client_of(alice))
    assert "記録のある40件のうち移行済は20件(50.0%)、特定移行支援システムは1件" in text
    assert "港区は20件のうち18件が移行済です。" in text
    assert "40件のうち残りは20件です。予定どおりなら1件のはずでした。" in text
    assert "港区の残りは20件のうち2件です(区の中央値は10件)。" in text
    assert 'href="/registry/' in text or "/migration/131032/" in text
    assert "港区は90.0%で、値のある2区の大きいほうから1番目です" in text
    assert "公的統計:系列migration-rate" in text and "全国は25件です。" in text


def test_what_needs_more_time_says_why(migrations, alice, actor_of):
    progress = progress_of(ask(actor_of(alice), "2026-10"))
    reasons = [each.reason for each in progress.needs_time]
    assert reasons.count(Reason.SPECIAL) == 1
    assert reasons.count(Reason.PLANNED_LATER) == 1
    assert reasons.count(Reason.OVERDUE) == 18
    chart = next(panel for panel in panels(ask(actor_of(alice), "2026-10")) if panel.code == "needs-time")
    assert "時間がいる移行は20件です。" in chart.finding and "このうち港区は2件です" in chart.finding
    assert sum(int(row[1]) for row in chart.rows()) == 20
    assert all(row[1] == row[2] + row[3] + row[4] for row in chart.rows())


def test_before_the_deadline_only_later_plans_need_time(migrations, alice, actor_of):
    progress = progress_of(ask(actor_of(alice), "2026-02"))
    assert {each.reason for each in progress.needs_time} == {Reason.SPECIAL, Reason.PLANNED_LATER}


def test_what_remains_falls_to_what_is_not_done(migrations, alice, actor_of):
    found = burn_down_of(progress_of(ask(actor_of(alice), "2026-10")))
    line = dict(zip(found.months, found.really, strict=True))
    assert line[Month(2025, 3)] == 40 and line[Month(2025, 4)] == 38 and line[Month(2026, 10)] == 20
    assert line[Month(2026, 11)] is None
    assert found.planned[-1] == 0 and found.last_planned == Month(2027, 8)
    assert found.pace.months == 12 and found.end.expected >= 1


def test_work_that_came_undone_remains_again(migrate, minato, resident, alice, actor_of):
    migrate(minato, resident, planned=date(2026, 1, 1), done=date(2026, 1, 5), undone=date(2026, 5, 1))
    found = burn_down_of(progress_of(ask(actor_of(alice), "2026-06")))
    line = dict(zip(found.months, found.really, strict=True))
    assert [line[Month(2026, month)] for month in (1, 4, 5)] == [0, 0, 1] and found.now == 1


@pytest.fixture
def resident(db):
    """The first of the twenty areas."""
    return StandardBusinessArea.objects.first()


def test_another_ward_is_set_beside_the_others(everything, alice, charlie, client_of):
    assert "新宿区は20件のうち2件が移行済です。" in page(client_of(alice), ward="131041")
    assert "新宿区は20件のうち2件が移行済です。" in page(client_of(charlie))
    text = page(client_of(alice), ward="")
    assert "港区は20件のうち" not in text and "中央値は50.0%です" in text


def test_without_records_the_page_says_what_to_do(alice, client_of):
    text = page(client_of(alice))
    assert text.count("データなし") >= 5
    assert "標準化移行の予定日と実施日を、情報システム台帳に入れてください。" in text
    assert "標準化移行を開く" in text and "公的統計を開く" in text


def test_the_page_reads_in_english(everything, alice, client_of):
    client = client_of(alice)
    client.cookies["django_language"] = "en"
    text = page(client)
    assert "20 of 40 migrations remain." in text and "Special migration support" in text
