"""Makes 架空 statistics: two series for each view, of the wards, 東京都 and the nation; none is real."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from yui.governance.statistics.areas import NATION, TOKYO, WARD_CODES
from yui.governance.statistics.facts import SentFile, SeriesFacts, SourceFacts
from yui.governance.statistics.formats.contents import Cell, Figure, FileContent, SeriesContent
from yui.governance.statistics.models import Frequency, Licence
from yui.governance.statistics.operations import load_observations, save_series, save_source
from yui.kernel.calendar_jp import FiscalYear, Month
from yui.kernel.demonstration import Demonstration
from yui.kernel.scope.models import Organisation, Visibility
from yui.kernel.scope.querysets import unscoped_allowed
from yui.organisations.public import SECRETARIAT_CODE

SOURCE = SourceFacts(
    code="kakuu",
    title="架空の統計(説明のためのもの)",
    publisher="架空の統計",
    licence=Licence.OWN_TERMS,
    licence_text="架空の数字です。説明のほかには使わないでください。",
    note="画面を見せるためにつくった数字です。どの区の本当の数字でもありません。",
    is_illustrative=True,
    visibility=Visibility.WARDS,
)
YEARS, MONTHS = 7, 36
SECRET, SECRET_SHARE, REVISED_SHARE = "X", 0.01, 0.15


@dataclass(frozen=True)
class DemoSeries:
    """A made-up series: what it starts at, how it grows a year, how far wards lie apart, and its bounds."""

    facts: SeriesFacts
    start: float
    growth: float
    spread: float
    lower: float = 0.0
    upper: float = float("inf")


def _facts(
    code: str, title: str, title_en: str, unit: str, frequency: str, topic: str, decimals: int
) -> SeriesFacts:
    return SeriesFacts(
        code=f"kakuu-{code}",
        title=f"{title}(架空)",
        unit=unit,
        frequency=frequency,
        decimals=decimals,
        topic=topic,
        description="説明のための架空の数字です。",
        title_en=f"{title_en} (made up)",
    )


STANDARD = _facts(
    "standard", "標準化した業務の割合", "Standardised business areas", "%", "fiscal_year", "migration", 1
)
CLOUD = _facts(
    "cloud", "共通の基盤で動くシステムの割合", "Systems on the shared platform", "%", "month", "migration", 1
)
COST = _facts(
    "cost", "住民1人あたりの情報システム経費", "IT cost per resident", "円", "fiscal_year", "costs", 0
)
COST_SHARE = _facts(
    "share", "歳出に占める情報システム経費", "IT cost as a share of spending", "%", "fiscal_year", "costs", 2
)
ATTACKS = _facts("attacks", "観測された攻撃の数", "Attacks observed", "件", "year", "threats", 0)
PHISHING = _facts(
    "phishing", "届け出のあった偽メール", "Phishing mails reported", "件", "month", "threats", 0
)
QUALIFIED = _facts(
    "qualified", "デジタルの資格をもつ職員", "Staff with a digital qualification", "%", "year", "people", 1
)
TRAINED = _facts(
    "trained", "研修を受けた職員の割合", "Staff trained in the year", "%", "fiscal_year", "people", 1
)
ALL = (
    DemoSeries(STANDARD, start=4, growth=14, spread=0.3, upper=100),
    DemoSeries(CLOUD, start=8, growth=18, spread=0.35, upper=100),
    DemoSeries(COST, start=7300, growth=420, spread=0.22),
    DemoSeries(COST_SHARE, start=1.4, growth=0.09, spread=0.2, lower=0.2),
    DemoSeries(ATTACKS, start=210, growth=64, spread=0.4),
    DemoSeries(PHISHING, start=36, growth=9, spread=0.45),
    DemoSeries(QUALIFIED, start=3.1, growth=0.9, spread=0.35, upper=60),
    DemoSeries(TRAINED, start=28, growth=6, spread=0.25, upper=98),
)


def seed(demo: Demonstration) -> None:
    """Make the source and its series, and load each twice: the second file revises the last periods."""
    random = demo.random_for("statistics")
    secretariat = Organisation.objects.get(code=SECRETARIAT_CODE)
    with unscoped_allowed("demonstration data"):
        source = save_source(demo.actor, organisation=secretariat, facts=SOURCE)
        contents = [_content(each, demo, random) for each in ALL]
        for each in ALL:
            save_series(demo.actor, source=source, facts=each.facts)
        first = demo.last_month.first_day
        later = [_revised(each, random) for each in contents]
        for day, found in ((first, contents), (first.replace(day=20), later)):
            file = SentFile(f"kakuu-{day:%Y%m%d}.csv", "0" * 64, day)
            content = FileContent("long", tuple(found))
            load_observations(demo.actor, source=source, content=content, file=file)


def _content(each: DemoSeries, demo: Demonstration, random: Random) -> SeriesContent:
    """Return the figures of a series: wards around a common course, 東京都 and the nation along it."""
    days, years = _periods(each.facts.frequency, demo.last_month)
    level = {code: random.gauss(1, each.spread) for code in WARD_CODES} | {TOKYO: 1.05, NATION: 0.9}
    cells = []
    for area, factor in level.items():
        noise = 0.06 if area in WARD_CODES else 0.015
        for day, passed in zip(days, years, strict=True):
            course = (each.start + each.growth * passed) * max(factor, 0.15) * random.gauss(1, noise)
            value = min(max(course, each.lower), each.upper)
            is_secret = area in WARD_CODES and random.random() < SECRET_SHARE
            figure = Figure(None, SECRET) if is_secret else Figure(_rounded(value, each.facts.decimals))
            cells.append(Cell(area, day, figure, ""))
    return SeriesContent(each.facts.code, each.facts.title, each.facts.unit, each.facts.frequency, cells)


def _revised(content: SeriesContent, random: Random) -> SeriesContent:
    """Return the figures as a later file would give them: some of the last period are revised."""
    last = max(cell.starts_on for cell in content.cells)
    cells = []
    for cell in content.cells:
        value = cell.figure.value
        if cell.starts_on == last and value is not None and random.random() < REVISED_SHARE:
            places = -int(value.as_tuple().exponent)
            later = Figure(_rounded(float(value) * 1.02, places), is_marked_revised=True)
            cells.append(Cell(cell.area_code, last, later, ""))
        else:
            cells.append(cell)
    return SeriesContent(content.code, content.title, content.unit, content.frequency, cells)


def _periods(frequency: str, until: Month) -> tuple[list[date], list[float]]:
    """Return the first days of the periods before a month, and how many years lie before each."""
    if frequency == Frequency.MONTH:
        months = [until.shift(step - MONTHS) for step in range(MONTHS)]
        return [month.first_day for month in months], [step / 12 for step in range(MONTHS)]
    if frequency == Frequency.FISCAL_YEAR:
        newest = until.fiscal_year.year - 1
        return [FiscalYear(newest - YEARS + 1 + step).start for step in range(YEARS)], list(range(YEARS))
    newest = until.year - 1
    return [date(newest - YEARS + 1 + step, 1, 1) for step in range(YEARS)], list(range(YEARS))


def _rounded(value: float, decimals: int) -> Decimal:
    return Decimal(f"{value:.{decimals}f}")
