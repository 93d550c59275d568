"""A time of the text with the sentence around it, as the inference of a document's date reads it."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from ecomlink_nlp.resources import read_toml
from ecomlink_nlp.tag.times.grammar import before_pattern
from ecomlink_nlp.text.document import Time
from ecomlink_nlp.text.light import light_dataclass

DOCUMENT_FILE = "times_document.toml"
_NUMBERED = re.compile(r"(?:1[89]|20)\d\d")
_SENTENCE = re.compile(r"[。！？\n]")
_CLAUSE = re.compile(r"[，,；;：:]")
_SHAPES = (
    ("range", re.compile(r".*/")),
    ("day", re.compile(r"\d{4}-\d\d-\d\d")),
    ("quarter", re.compile(r"\d{4}-Q")),
    ("half", re.compile(r"\d{4}-H")),
    ("season", re.compile(r"\d{4}-[SFW]")),
    ("month", re.compile(r"\d{4}-\d\d$")),
    ("year", re.compile(r"\d{4}$")),
)


@cache
def rules() -> dict[str, Any]:
    """The parsed rules for the date of a document."""
    return read_toml(DOCUMENT_FILE)


@light_dataclass(frozen=True, slots=True)
class Mention:
    """A time, its words, and the words of its sentence before and after."""

    time: Time
    text: str
    before: str
    after: str

    @property
    def is_numbered(self) -> bool:
        """Whether its year stands there in digits."""
        return bool(_NUMBERED.match(self.text) and _NUMBERED.match(self.time.timex))

    @property
    def is_fiscal(self) -> bool:
        """Whether it is a fiscal year or part of one."""
        return "fiscal" in self.time.rule

    @property
    def year(self) -> int:
        """The year in which it ends."""
        return int(self.time.timex.rpartition("/")[2][:4])

    @property
    def shape(self) -> str:
        """``year``, ``quarter``, ``half``, ``season``, ``month``, ``day``, ``range`` or an empty string."""
        return next((name for name, shape in _SHAPES if shape.match(self.time.timex)), "")

    @property
    def is_forecast(self) -> bool:
        """Whether it is announced or expected."""
        if self.time.mod == "BEFORE" or before_pattern("markers", "coming_before").search(self.before[-12:]):
            return True
        after = self.after if self.time.mod == "START" else _CLAUSE.split(self.after)[0]
        forecast = re.compile(rules()["year"]["forecast"])
        return bool(forecast.search(_CLAUSE.split(self.before)[-1][-10:] + after[:20]))


def mentions(text: str, times: list[Time]) -> Iterator[Mention]:
    """Each time with its sentence, as far as it matters."""
    for time in times:
        before = _SENTENCE.split(text[max(0, time.start - 60) : time.start])[-1]
        after = _SENTENCE.split(text[time.end : time.end + 60])[0]
        yield Mention(time, text[time.start : time.end], before, after)


def sentences_between(text: str, start: int, end: int) -> int:
    """How many sentences end between two places."""
    return len(_SENTENCE.findall(text[start:end]))
