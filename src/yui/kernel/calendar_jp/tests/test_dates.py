"""Reading and writing days, with and without eras."""

import datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import (
    TOKYO,
    DateNotUnderstood,
    era_of,
    format_date,
    now,
    parse_date,
    today,
    wareki,
)

days = st.dates(datetime.date(1873, 1, 1), datetime.date(2100, 12, 31))
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
DAY = datetime.date(2026, 11, 23)


@given(days)
def test_every_way_of_writing_reads_back(day):
    era = era_of(day)
    count = day.year - era.first_year + 1
    ways = [
        day.isoformat(),
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month:02d}.{day.day:02d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        wareki(day),
        f"{era.letter}{count}.{day.month}.{day.day}",
        f"{era.letter.lower()}{count:02d}/{day.month:02d}/{day.day:02d}",
        wareki(day).translate(FULL_WIDTH),
        f"{day.isoformat()} 00:00:00",
        f"{day.isoformat()}T09:30:00+09:00",
        f"{day.year}/{day.month}/{day.day} 0:00",
    ]
    assert {way: parse_date(way) for way in ways} == dict.fromkeys(ways, day)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("R08/11/23", DAY),
        ("令８．１１．２３", DAY),
        (" 2026年 11月 23日 ", DAY),
        ("2026年11月23日(月)", DAY),
        ("2026/11/23（月曜日） 9:30", DAY),
        ("㋿8年11月23日", DAY),
        ("平成31年4月30日", datetime.date(2019, 4, 30)),
        ("令和元年5月1日", datetime.date(2019, 5, 1)),
        ("昭和64年1月7日", datetime.date(1989, 1, 7)),
        ("2026年11月", datetime.date(2026, 11, 1)),
        ("令和8年11月", datetime.date(2026, 11, 1)),
        ("2024-02-29", datetime.date(2024, 2, 29)),
    ],
)
def test_readings(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("", "2026年11月23日"),
        ("11/23", "2026年11月23日"),
        ("26/11/23", "2026年11月23日"),
        ("2026-11/23", "2026年11月23日"),
        ("昨日", "2026年11月23日"),
        ("46349", "2026年11月23日"),
        ("2026-02-30", "ありません"),
        ("2025-02-29", "ありません"),
        ("R8.13.1", "ありません"),
        ("平成31年5月1日", "令和元年5月1日と書いて"),
        ("令和元年4月30日", "平成31年4月30日と書いて"),
        ("平成元年1月7日", "昭和64年1月7日と書いて"),
        ("令和0年5月1日", "平成30年5月1日と書いて"),
        ("明治5年12月2日", "明治6年1月1日より前"),
        ("2026年11月23日(火)", "月曜日"),
    ],
)
def test_texts_that_are_no_day_say_what_to_write(text, remedy):
    with pytest.raises(DateNotUnderstood, match=remedy) as caught:
        parse_date(text)
    assert f"「{text}」" in str(caught.value)


@given(st.text(max_size=20))
def test_any_text_is_a_day_or_a_specific_error(text):
    try:
        assert isinstance(parse_date(text), datetime.date)
    except DateNotUnderstood as error:
        assert error.text == text


def test_days_before_the_gregorian_calendar_have_no_era():
    with pytest.raises(ValueError, match="1873"):
        wareki(datetime.date(1872, 12, 31))


def test_writing_for_readers():
    assert wareki(DAY) == "令和8年11月23日"
    assert format_date(DAY) == "2026年11月23日(令和8年)"


def test_the_present_is_tokyos():
    assert now().tzinfo is TOKYO
    assert (now() - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(minutes=1)
    assert today() in {now().date(), now().date() - datetime.timedelta(days=1)}


def test_an_english_reader_gets_english_messages():
    with translation.override("en"):
        assert format_date(DAY) == "2026-11-23 (Reiwa 8)"
        with pytest.raises(DateNotUnderstood, match="cannot be read as a date"):
            parse_date("11/23")
