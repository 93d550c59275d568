"""The common form of what a system finds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Found:
    """A span with its value: one number, or two for a range; a currency or unit; an interval (None: open end); or seconds."""

    start: int
    end: int
    numbers: tuple[float, ...] = ()
    unit: str | None = None
    mod: str | None = None
    interval: tuple[datetime | None, datetime | None] | None = None
    seconds: float | None = None


def moment(text: str) -> datetime:
    """Parse an ISO or space-separated moment; a date alone is its midnight."""
    return datetime.fromisoformat(text.replace(" ", "T"))
