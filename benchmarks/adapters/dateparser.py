"""dateparser (BSD-3-Clause, pip install dateparser), whose search finds and resolves dates."""

from __future__ import annotations

import importlib
from datetime import datetime, timedelta
from typing import Any

from adapters.found import Found

search: Any = importlib.import_module("dateparser.search")
KINDS = {"date", "period", "time"}


def find(text: str, reference: datetime | None, kind: str) -> list[Found]:
    """Find dates; other kinds are none of dateparser's."""
    if kind not in KINDS:
        return []
    settings = {"RELATIVE_BASE": reference or datetime(2020, 1, 1)}
    found, position = [], 0
    for words, value in search.search_dates(text, languages=["zh"], settings=settings) or []:
        start = text.find(words, position)
        if start < 0:
            continue
        position = start + len(words)
        low = value.replace(tzinfo=None)
        if kind == "time":
            interval = (low, low + timedelta(minutes=1))
        else:
            low = low.replace(hour=0, minute=0, second=0, microsecond=0)
            interval = (low, low + timedelta(days=1))
        found.append(Found(start, position, interval=interval))
    return found
