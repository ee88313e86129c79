"""Instants relative to now, made once and picked many times."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

# An instant and the head of a UUIDv7 of that millisecond. Compared, the earlier is the smaller.
Stamp = tuple[str, str]

OLDEST = 1200
FURTHEST = 30
_SLOTS = 8


def stamp(at: datetime) -> Stamp:
    return f"{at.replace(tzinfo=None).isoformat()}Z", _head(int(at.timestamp() * 1000))


def _head(ms: int) -> str:
    return f"{ms >> 16:08x}-{ms & 0xFFFF:04x}-7"


def _working_hours(rng: Random) -> list[tuple[str, int]]:
    """Times of day in UTC with their milliseconds, from early in Tehran to evening in London."""
    seconds = [rng.randrange(5 * 3600 + 1800, 15 * 3600) for _ in range(200)]
    return [(f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}", s * 1000) for s in seconds]


class Calendar:
    """Moments by day: positive days lie in the past, negative ones ahead, none on a weekend."""

    def __init__(self, now: datetime, rng: Random) -> None:
        if now.tzinfo is None:
            raise ValueError("now must know its zone")
        self.now = now.astimezone(UTC).replace(microsecond=0)
        self._midnight = self.now.replace(hour=0, minute=0, second=0)
        self._clock = _working_hours(rng)
        self._rng = rng
        self._random = rng.random
        self._days = [self._day(back) for back in range(-FURTHEST, OLDEST + 1)]

    def _day(self, back: int) -> list[Stamp]:
        if back == 0:
            return [self._moment(minutes=-17 * (n + 1)) for n in range(_SLOTS)]
        rest = (self.now - timedelta(days=back)).weekday() - 3
        if rest in (1, 2):  # Friday and Saturday go to the working day further from now
            back += rest if back > 0 else rest - 3
        midnight = self._midnight - timedelta(days=back)
        day = midnight.date().isoformat()
        ms = int(midnight.timestamp()) * 1000
        first = int(self._random() * (len(self._clock) - _SLOTS))
        clock = self._clock[first : first + _SLOTS]
        return [(f"{day}T{text}Z", _head(ms + after)) for text, after in clock]

    def _moment(self, minutes: int) -> Stamp:
        return stamp(self.now + timedelta(minutes=minutes))

    def on(self, back: int) -> Stamp:
        """A working moment `back` days ago; before now for 0."""
        slots = self._days[max(back, -FURTHEST) + FURTHEST]
        return slots[int(self._random() * len(slots))]

    def later_today(self) -> Stamp:
        """A round quarter of an hour soon after now."""
        quarter = self.now - timedelta(minutes=self.now.minute % 15, seconds=self.now.second)
        return stamp(quarter + timedelta(minutes=15 * self._rng.randint(2, 10)))

    def before(self, *, days: int) -> Stamp:
        """The same time of day, `days` earlier."""
        return stamp(self.now - timedelta(days=days))

    def today(self, zone: str) -> date:
        return self.now.astimezone(ZoneInfo(zone)).date()
