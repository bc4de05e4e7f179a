"""Which leaks a municipality must report to the 個人情報保護委員会.

個人情報の保護に関する法律 第68条 with its 施行規則 第43条 (five cases, the fourth from 101 people on), and
番号法 第29条の4: what an individual-number system holds is reported whatever the number of people.
"""

from yui.security.soc.engine.duties.facts import DutyCase, Words

MORE_THAN = 100
"""施行規則 第43条第4号: 本人の数が百人を超える (the private sector's figure is 1,000)."""


def reporting_reasons(case: DutyCase) -> tuple[Words, ...]:
    """Return the cases of the law that the facts meet; empty where nothing must be reported.

    A number of people still unknown does not excuse: what is to be feared is reported too.
    """
    if case.leaked_people == 0:
        return ()
    people = case.leaked_people or 0
    tests = (
        (
            case.involves_sensitive,
            "要配慮個人情報を含む(規則43条1号)",
            "sensitive personal data (Rules, Art. 43 no. 1)",
        ),
        (
            case.risks_property,
            "財産的被害のおそれ(規則43条2号)",
            "property may be harmed (Rules, Art. 43 no. 2)",
        ),
        (
            case.wrongful_purpose,
            "不正の目的のおそれ(規則43条3号)",
            "wrongful purpose (Rules, Art. 43 no. 3)",
        ),
        (
            people > MORE_THAN,
            f"本人が{people:,}人で100人を超える(規則43条4号)",
            f"{people:,} people, more than 100 (Rules, Art. 43 no. 4)",
        ),
        (
            case.involves_ordinance,
            "条例要配慮個人情報を含む(規則43条5号)",
            "data sensitive by ordinance (Rules, Art. 43 no. 5)",
        ),
        (
            case.involves_my_number,
            "特定個人情報を含む(番号法29条の4)",
            "individual numbers (My Number Act, Art. 29-4)",
        ),
    )
    return tuple(Words(ja, en) for holds, ja, en in tests if holds)
