"""Microsoft Recognizers-Text (MIT, pip install recognizers-text-suite 'emoji<2')."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from adapters.found import Found, moment

CULTURE = "zh-cn"
PLACES = {
    "number": ("recognizers_number", "recognize_number"),
    "ordinal": ("recognizers_number", "recognize_ordinal"),
    "percent": ("recognizers_number", "recognize_percentage"),
    "money": ("recognizers_number_with_unit", "recognize_currency"),
    "dimension": ("recognizers_number_with_unit", "recognize_dimension"),
}
RECOGNIZERS: dict[str, Callable[..., Any]] = {
    kind: getattr(importlib.import_module(module), function) for kind, (module, function) in PLACES.items()
}
recognize_datetime: Callable[..., Any] = importlib.import_module("recognizers_date_time").recognize_datetime


def find(text: str, reference: datetime | None, kind: str) -> list[Found]:
    """Find what of ``kind`` stands in ``text``."""
    if kind in RECOGNIZERS:
        return [_quantity(match) for match in RECOGNIZERS[kind](text, CULTURE)]
    found = []
    for match in recognize_datetime(text, CULTURE, reference=reference or datetime(2020, 1, 1)):
        for value in (match.resolution or {}).get("values") or [{}]:  # a date without its year has two
            if (value.get("type") == "duration") == (kind == "duration"):
                found.append(_time(match, value))
    return found


def _quantity(match: Any) -> Found:
    resolution = match.resolution or {}
    value = str(resolution.get("value") or "").rstrip("%").replace(",", "")
    unit = resolution.get("isoCurrency") or resolution.get("unit")
    try:
        return Found(match.start, match.end + 1, (float(value),), unit)
    except ValueError:
        return Found(match.start, match.end + 1)


def _time(match: Any, value: dict[str, str]) -> Found:
    start, end = match.start, match.end + 1
    try:
        if value.get("type") == "duration":
            return Found(start, end, seconds=float(value["value"]))
        if "start" in value and "end" in value:
            return Found(start, end, interval=(moment(value["start"]), moment(value["end"])))
        low = moment(value["value"])
    except (KeyError, TypeError, ValueError):
        return Found(start, end)
    step = timedelta(days=1) if value.get("type") == "date" else timedelta(minutes=1)
    return Found(start, end, interval=(low, low + step))
