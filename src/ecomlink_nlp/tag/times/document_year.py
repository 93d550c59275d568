"""Infers the year in which a text was written.

Notes for a newcomer. A text that says 今年 or 去年 and also numbers a year Y (2021年的GMV) may have been written in Y, in
Y+1 or in Y+2: rules of evidence (``data/times_document.toml``) speak for each. What was N years ago
(十四年前…2009年), the weekday of a date, the number of a yearly festival and well-known events (``data/times_landmarks.tsv``)
settle it before that; names that did not exist before a year rule the earlier ones out.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Any

from ecomlink_nlp.resources import read_tsv
from ecomlink_nlp.tag.times.find import find_times
from ecomlink_nlp.tag.times.mention import Mention, rules, sentences_between
from ecomlink_nlp.tag.values.numerals import parse_integer

OPENING = "开年"
"""The beginning of a year, which is part of the mention (2024年开年) and speaks for its year as what follows does."""
LANDMARKS_FILE = "times_landmarks.tsv"
NEAR = 120
"""How far from its day the words of a well-known event may stand, in characters."""
_YEAR = re.compile(r"\d{4}$")
_MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")
_DATED = re.compile(
    r"(?P<year>今年|去年|前年|年)?(?P<month>1[0-2]|[1-9])月(?:(?P<day>3[01]|[12]\d|[1-9])日)?"
)
_WEEKDAY = re.compile(r"(\d{1,2})月(\d{1,2})日.{0,6}?(?:周|星期)([一二三四五六日天])")
_THIS_YEAR = re.compile(r"今年(?P<month>1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])月")
_YEARS_BACK = {"今年": 0, "去年": 1, "前年": 2}


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """A pattern of the rules for the date of a document."""
    return re.compile(rules()[section][name], re.MULTILINE if name == "english" else 0)


@cache
def before(section: str, name: str) -> re.Pattern[str]:
    """The same where it has to end a stretch of text."""
    return re.compile(f"(?:{rules()[section][name]})$")


@dataclass(frozen=True, slots=True)
class _Landmark:
    date: str
    groups: tuple[tuple[str, ...], ...]

    def is_named(self, text: str) -> bool:
        return any(all(word in text for word in group) for group in self.groups)


@cache
def _landmarks(kind: str) -> tuple[_Landmark, ...]:
    rows = read_tsv(LANDMARKS_FILE, ("id", "kind", "date", "words"))
    return tuple(
        _Landmark(row["date"], tuple(tuple(group.split("&")) for group in row["words"].split("|")))
        for row in rows
        if row["kind"] == kind
    )


def infer_year(text: str, mentions: list[Mention]) -> int | None:
    """The year in which the text was written, or None where nothing tells it."""
    past = [m for m in mentions if m.is_numbered and not (m.is_forecast and _YEAR.match(m.time.timex))]
    calendar = [m for m in past if not m.is_fiscal]
    newest = max((m.year for m in calendar), default=0)
    told = calendar + [m for m in past if m.is_fiscal and m.year > newest]
    settled = _edition(text) or _of_landmarks(text)
    if not told:
        return settled
    last = max(m.year for m in told)
    pinned = _pinned(text, mentions)
    if pinned is not None and pinned >= last:
        return pinned
    if settled is not None and settled >= last:
        return settled
    oldest = max((int(mark.date[:4]) for mark in _landmarks("since") if mark.is_named(text)), default=0)
    reported = not calendar and all(
        m.shape == "range" for m in told
    )  # a fiscal year is reported in the year of its end
    if reported or not pattern("year", "relative").search(text):
        return max(last, oldest)
    scores = _scores(text, mentions, told, last)
    year = max(scores, key=lambda candidate: (scores[candidate], -candidate))
    return max(_of_weekday(text, year) or year, oldest)


def _scores(text: str, mentions: list[Mention], told: list[Mention], last: int) -> dict[int, float]:
    """How much speaks for each year from ``last`` on."""
    scores: dict[int, float] = defaultdict(float, {last: 0.0})
    newest = [m for m in told if m.year == last]
    for rule in rules()["year"]["evidence"]:
        if any(_speaks(rule, m) for m in newest):
            scores[last + rule["after"]] += rule["weight"]
    whole = rules()["year"]["whole"]
    holds = {
        "this_year_month": any(m.shape in whole["this_year_month"]["shapes"] for m in newest)
        and re.search(whole["this_year_month"]["pattern"], text),
        "this_year": re.search(whole["this_year"]["pattern"], text),
        "in_order": _is_in_order(mentions, last),
        "chronicle": _is_chronicle(text, told, last),
        "next_year_forecast": any(
            m.is_numbered and m.is_forecast and m.time.timex == str(last + 1) for m in mentions
        ),
    }
    for name, holding in holds.items():
        scores[last + whole[name]["after"]] += whole[name]["weight"] if holding else 0.0
    return scores


def _is_in_order(mentions: list[Mention], last: int) -> bool:
    """Whether a month of 今年 is told after a later month of the year numbered last."""
    latest = 0
    for mention in mentions:
        if mention.shape in ("month", "day") and mention.year == last:
            latest = max(latest, int(mention.time.timex[5:7]))
        elif (own := _THIS_YEAR.match(mention.text)) and 0 < (parse_integer(own["month"]) or 13) < latest:
            return True
    return False


def _is_chronicle(text: str, told: list[Mention], last: int) -> bool:
    """Whether three numbered years ascend to the last, and 去年 follows: 2014年… 2018年… 2022年… 去年…."""
    for index, mention in enumerate(told):
        years = [m.year for m in told[max(0, index - 2) : index + 1]]
        if mention.year == last and len(years) == 3 and years[0] < years[1] < last:
            return (
                re.compile(rules()["year"]["whole"]["chronicle"]["pattern"]).match(text, mention.time.end)
                is not None
            )
    return False


def _speaks(rule: dict[str, Any], mention: Mention) -> bool:
    """Whether a time is evidence by a rule."""
    if "shapes" in rule and mention.shape not in rule["shapes"]:
        return False
    if "within" in rule and mention.time.start >= int(rule["within"]):
        return False
    if "own" in rule and not re.search(rule["own"], mention.text):
        return False
    if "not_own" in rule and re.search(rule["not_own"], mention.text):
        return False
    if "before" in rule and not re.search(f"(?:{rule['before']})$", mention.before):
        return False
    behind = (OPENING if mention.text.endswith(OPENING) else "") + mention.after
    return "following" not in rule or re.match(rule["following"], behind) is not None


def _pinned(text: str, mentions: list[Mention]) -> int | None:
    """What lies so long ago and is numbered right after gives the year: 十四年前…2009年."""
    if gone := pattern("year", "years_gone").search(text):
        told_before = [m.year for m in mentions if m.is_numbered and m.time.end <= gone.start()]
        if told_before:
            return told_before[-1] + (parse_integer(gone["n"]) or 0)
    for first, after in pairwise(mentions):
        if not first.time.rule.endswith("+ago") or not after.is_numbered:
            continue
        ago = find_times(first.text, "2000-01-01")
        if sentences_between(text, first.time.end, after.time.start) > 1 or not ago:
            continue
        then, told = _MONTH.fullmatch(ago[0].timex), _MONTH.match(after.time.timex)
        if then is None or told is None:
            continue
        months = 12 * (2000 - int(then[1])) + (1 - int(then[2]) if then[2] else 0)
        if not then[2]:
            return after.year + months // 12
        if told[2]:
            return after.year + (int(told[2]) - 1 + months) // 12
    return None


def _edition(text: str) -> int | None:
    """The year of the latest yearly festival that is counted: 第十四个双11."""
    found = [
        edition["before_first"] + number
        for edition in rules()["year"]["editions"]
        for match in re.finditer(edition["pattern"], text)
        if (number := parse_integer(match["n"])) is not None and number > 1
    ]
    return max(found, default=None)


def _of_landmarks(text: str) -> int | None:
    """The year that the days of well-known events give the text; the latest where they differ."""
    years = []
    for match in _DATED.finditer(text):
        if match["year"] == "年" or not (match["day"] or match["year"]):
            continue
        beside = text[max(0, match.start() - NEAR // 3) : match.end() + NEAR]
        back = _YEARS_BACK.get(match["year"] or "", 0)
        day = f"-{int(match['month']):02d}" + (f"-{int(match['day']):02d}" if match["day"] else "")
        for mark in _landmarks("event"):
            if mark.date[4:].startswith(day) and mark.is_named(beside):
                years.append(int(mark.date[:4]) + back)
    return max(years, default=None)


def _of_weekday(text: str, year: int) -> int | None:
    """The year, of this one and those beside it, in which a date falls on the weekday that the text gives it."""
    match = _WEEKDAY.search(text)
    if match is None:
        return None
    weekday = "一二三四五六日".find(match[3].replace("天", "日"))
    for candidate in (year, year + 1, year - 1):
        try:
            if date(candidate, int(match[1]), int(match[2])).weekday() == weekday:
                return candidate
        except ValueError:
            continue
    return None
