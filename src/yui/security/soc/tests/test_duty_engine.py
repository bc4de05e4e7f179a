"""Which papers an incident needs and when they are due."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yui.kernel.calendar_jp import TOKYO, is_business_day
from yui.security.soc.engine.duties import (
    DutyCase,
    DutyCode,
    Nature,
    duties_of,
    final_report_due,
    preliminary_report_days,
)
from yui.security.soc.models import IncidentCategory

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=TOKYO)
CASE = DutyCase(category="other", detected_at=NOON)


def applying(case):
    """The duties that a case has, by code."""
    return {duty.code: duty for duty in duties_of(case) if duty.applies}


def test_every_duty_is_told_once_with_its_reason_in_both_languages():
    duties = duties_of(CASE)
    assert [duty.code for duty in duties].count(DutyCode.PPC_FINAL) == 1
    assert {duty.code for duty in duties} == set(DutyCode)
    for duty in duties:
        for words in (duty.authority, duty.title, duty.basis, duty.why):
            assert words.ja and words.en and words.ja != words.en
            assert words.in_language("en-gb") == words.en


@pytest.mark.parametrize(
    "fact",
    ["involves_sensitive", "risks_property", "wrongful_purpose", "involves_ordinance", "involves_my_number"],
)
def test_one_person_is_enough_for_what_the_law_names(fact):
    for people in (None, 1):
        case = replace(CASE, leaked_people=people, **{fact: True})
        assert {DutyCode.PPC_PRELIMINARY, DutyCode.PPC_FINAL, DutyCode.PEOPLE_CONCERNED} <= set(
            applying(case)
        )
    assert DutyCode.PPC_FINAL not in applying(replace(CASE, leaked_people=0, **{fact: True}))


@pytest.mark.parametrize(
    ("people", "due"), [(None, False), (0, False), (100, False), (101, True), (1000, True)]
)
def test_numbers_alone_count_from_101(people, due):
    assert (DutyCode.PPC_PRELIMINARY in applying(replace(CASE, leaked_people=people))) is due


def test_the_day_of_knowing_is_the_first_day():
    warn, due = preliminary_report_days(NOON)
    assert warn == datetime(2026, 11, 4, 0, 0, tzinfo=TOKYO)
    assert due == datetime(2026, 11, 6, 23, 59, tzinfo=TOKYO)
    # 2 November is day 1, so that day 30 is 1 December, a Tuesday.
    assert final_report_due(NOON, wrongful_purpose=False) == datetime(2026, 12, 1, 23, 59, tzinfo=TOKYO)


def test_days_are_tokyos():
    just_before = datetime(2026, 11, 2, 14, 59, tzinfo=UTC)
    assert preliminary_report_days(just_before)[1].day == 6
    assert preliminary_report_days(just_before + timedelta(minutes=1))[1].day == 7


def test_holidays_count_but_the_last_day_moves():
    # Day 30 from 2026-12-05 is Sunday 2027-01-03; offices open again on Monday the 4th.
    known = datetime(2026, 12, 5, 8, 0, tzinfo=TOKYO)
    assert final_report_due(known, wrongful_purpose=False).date().isoformat() == "2027-01-04"
    # Day 60 from 2026-11-02 is 2026-12-31: closed until Monday 2027-01-04.
    assert final_report_due(NOON, wrongful_purpose=True).date().isoformat() == "2027-01-04"
    # The preliminary report moves for nothing: five days from 29 April end on the holiday of 3 May.
    assert preliminary_report_days(datetime(2026, 4, 29, tzinfo=TOKYO))[1].date().isoformat() == "2026-05-03"


@given(st.datetimes(datetime(2024, 1, 1), datetime(2032, 12, 31)), st.booleans())
def test_the_final_report_falls_on_an_open_day_and_never_early(moment, wrongful):
    known = moment.replace(tzinfo=TOKYO)
    due = final_report_due(known, wrongful_purpose=wrongful)
    days = (due.date() - known.date()).days + 1
    assert is_business_day(due.date())
    assert (60 if wrongful else 30) <= days <= (60 if wrongful else 30) + 12
    warn, preliminary = preliminary_report_days(known)
    assert warn < preliminary < due


def test_a_wrongful_purpose_gives_sixty_days():
    plain = applying(replace(CASE, leaked_people=200))[DutyCode.PPC_FINAL].due_at
    wrongful = applying(replace(CASE, leaked_people=200, wrongful_purpose=True))[DutyCode.PPC_FINAL].due_at
    assert (wrongful.date() - plain.date()).days >= 28


def test_knowing_later_than_detecting_moves_the_report():
    later = replace(CASE, leaked_people=200, leak_known_at=NOON + timedelta(days=3))
    assert applying(later)[DutyCode.PPC_PRELIMINARY].due_at.day == 9


def test_own_plans_run_from_the_declaration():
    assert DutyCode.EXECUTIVES not in applying(CASE)
    declared = replace(CASE, declared_at=NOON)
    assert applying(declared)[DutyCode.EXECUTIVES].due_at == NOON + timedelta(hours=1)
    assert applying(declared)[DutyCode.EXECUTIVES].nature is Nature.OWN_PLAN
    assert DutyCode.J_LIS not in applying(declared)
    assert DutyCode.J_LIS in applying(replace(declared, touches_lgwan=True))
    assert DutyCode.DIGITAL_AGENCY in applying(replace(declared, category="cloud_leak"))


@pytest.mark.parametrize("category", IncidentCategory.values)
def test_common_forms_are_for_ransomware_and_ddos(category):
    duties = applying(replace(CASE, category=category))
    assert (DutyCode.NCO_FORM in duties) is (category in {"ransomware", "ddos"})


def test_a_common_form_is_due_with_the_preliminary_report():
    assert applying(replace(CASE, category="ransomware"))[DutyCode.NCO_FORM].due_at is None
    duties = applying(replace(CASE, category="ransomware", wrongful_purpose=True))
    assert duties[DutyCode.NCO_FORM].due_at == duties[DutyCode.PPC_PRELIMINARY].due_at


def test_an_exercise_reports_to_nobody():
    case = replace(CASE, declared_at=NOON, involves_my_number=True, category="ransomware", is_exercise=True)
    assert applying(case) == {}
    assert all(duty.due_at is None and duty.warn_at is None for duty in duties_of(case))
