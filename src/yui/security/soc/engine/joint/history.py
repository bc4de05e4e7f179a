"""What is remembered of one key: days and wards in which it showed, and its running episode."""

from dataclasses import dataclass, field

from yui.security.soc.engine.joint.facts import DAY_US

JAPAN_US = 9 * 3_600_000_000
ALERTS_KEPT = 5
# Each bit of a byte in a byte of its own: masks of many days add up in one number, a lane for each ward.
_LANES = tuple(sum((byte >> bit & 1) << (8 * bit) for bit in range(8)) for byte in range(256))


def day_of(time_us: int) -> int:
    """Return the number of the day in Japan, where a working day ends at midnight."""
    return (time_us + JAPAN_US) // DAY_US


@dataclass(slots=True)
class WardRecord:
    """One key in one ward.

    Attributes:
        first_us, last_us, count: all alerts remembered; what a sighting is made of.
        episode_count: alerts of the running episode.
        alert_ids: the newest of them.
    """

    first_us: int
    last_us: int
    count: int = 0
    episode_count: int = 0
    alert_ids: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Reached:
    """How far a key has come in one window.

    Attributes:
        wards: the most wards at once since it was last in one ward alone.
        announced: wards in the newest fact of this time, 0 without one.
        level: the gravest alert of this time.
    """

    wards: int = 0
    announced: int = 0
    level: int = 0


@dataclass(slots=True)
class KeyHistory:
    """One key in all wards.

    Attributes:
        brought_by: place of the ward that showed it first, for the share of memory.
        reached: for each window, how far the key has come.
        days: day → bit mask of the wards in which the key showed.
        wards: place of a ward → its record.
        began_us: first alert of the running episode; an episode ends when the longest window holds no alert.
        last_us: newest alert.
        revision: facts that came out of the running episode.
    """

    brought_by: int
    began_us: int
    last_us: int
    reached: list[Reached]
    days: dict[int, int] = field(default_factory=dict)
    wards: dict[int, WardRecord] = field(default_factory=dict)
    revision: int = 0

    def show(self, ward: int, time_us: int, alert_id: str, longest_us: int, memory_days: int) -> int | None:
        """Take in one alert; return when the key showed in this ward before, None if it never did."""
        if time_us - self.last_us > longest_us:
            self._begin(time_us)
        self.last_us = time_us
        day = day_of(time_us)
        mask = self.days.get(day)
        if mask is None:
            oldest = day - memory_days - longest_us // DAY_US - 1
            for gone in [one for one in self.days if one < oldest]:
                del self.days[gone]
            mask = 0
        self.days[day] = mask | 1 << ward
        record = self.wards.get(ward)
        before_us = None if record is None else record.last_us
        if record is None:
            record = self.wards[ward] = WardRecord(time_us, time_us)
        record.last_us = time_us
        record.count += 1
        record.episode_count += 1
        record.alert_ids.append(alert_id)
        if len(record.alert_ids) > ALERTS_KEPT:
            del record.alert_ids[0]
        return before_us

    def _begin(self, time_us: int) -> None:
        """Begin a new episode."""
        self.began_us, self.revision = time_us, 0
        for one in self.reached:
            one.wards = one.announced = one.level = 0
        for record in self.wards.values():
            record.episode_count = 0
            record.alert_ids.clear()

    def wards_since(self, time_us: int) -> list[int]:
        """Return the wards in which the key showed at or after a time."""
        return sorted(ward for ward, record in self.wards.items() if record.last_us >= time_us)

    def days_seen(self, first_day: int, end_day: int, wards: int) -> list[int]:
        """Return for each ward on how many of the days [first_day, end_day) the key showed; at most 255."""
        total = 0
        for day, mask in self.days.items():
            if first_day <= day < end_day:
                place = 0
                while mask:
                    total += _LANES[mask & 255] << place
                    mask >>= 8
                    place += 64
        return list(total.to_bytes(wards + 8, "little")[:wards])

    def blocks_reaching(self, wards: int, first_day: int, end_day: int, length: int) -> tuple[int, int]:
        """Return how many blocks of ``length`` days had so many wards, and how many blocks there are."""
        blocks = (end_day - first_day) // length
        masks = [0] * blocks
        for day, mask in self.days.items():
            if first_day <= day < end_day and (end_day - 1 - day) // length < blocks:
                masks[(end_day - 1 - day) // length] |= mask
        return sum(mask.bit_count() >= wards for mask in masks), blocks
