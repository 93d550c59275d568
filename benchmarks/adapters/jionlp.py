"""JioNLP (Apache-2.0, pip install jionlp)."""

from __future__ import annotations

import importlib
from datetime import datetime, timedelta
from typing import Any

from adapters.found import Found, moment

jio: Any = importlib.import_module("jionlp")

CURRENCIES = {
    "元": "CNY", "美元": "USD", "港元": "HKD", "港币": "HKD", "日元": "JPY", "欧元": "EUR", "英镑": "GBP",
    "韩元": "KRW", "泰铢": "THB", "卢布": "RUB", "新台币": "TWD", "台币": "TWD", "澳元": "AUD", "加元": "CAD",
}  # fmt: skip
UNIT_SECONDS = {
    "year": 365 * 86400,
    "month": 30 * 86400,
    "week": 7 * 86400,
    "day": 86400,
    "hour": 3600,
    "minute": 60,
    "second": 1,
}
KINDS = {"money", "date", "period", "time", "duration"}


def find(text: str, reference: datetime | None, kind: str) -> list[Found]:
    """Find what of ``kind`` stands in ``text``; kinds that JioNLP does not read give nothing."""
    if kind == "money":
        return [_money(item) for item in jio.ner.extract_money(text, with_parsing=True)]
    if kind not in KINDS:
        return []
    base = reference or datetime(2020, 1, 1)
    parts = ("year", "month", "day", "hour", "minute", "second")
    found = jio.ner.extract_time(
        text, time_base={part: getattr(base, part) for part in parts}, with_parsing=True
    )
    return [_time(item) for item in found if (item["type"] == "time_delta") == (kind == "duration")]


def _money(item: dict[str, Any]) -> Found:
    start, end = item["offset"]
    detail = item["detail"] or {}
    numbers = detail.get("num") or ()
    numbers = numbers if isinstance(numbers, list | tuple) else [numbers]
    return Found(
        start, end, tuple(float(n) for n in numbers if n is not None), CURRENCIES.get(str(detail.get("case")))
    )


def _time(item: dict[str, Any]) -> Found:
    start, end = item["offset"]
    value = (item.get("detail") or {}).get("time")
    if isinstance(value, list) and all(isinstance(part, str) and part[:1].isdigit() for part in value):
        try:
            return Found(start, end, interval=(moment(value[0]), moment(value[1]) + timedelta(seconds=1)))
        except ValueError:
            return Found(start, end)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        value = value[0]  # 3至8天: the suites take either end
    if isinstance(value, dict) and all(isinstance(amount, int | float) for amount in value.values()):
        return Found(
            start, end, seconds=sum(UNIT_SECONDS.get(unit, 0) * amount for unit, amount in value.items())
        )
    return Found(start, end)
