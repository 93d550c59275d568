"""The metric lexicon: words for measures and counted things, and the standard name of each.

Read from ``data/metrics.toml``, whose head explains every key; a user's own file has the same form.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import ahocorasick_rs

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.resources import parse_toml, read_toml
from ecomlink_nlp.text.light import light_dataclass

_KEYS = frozenset({"id", "name", "takes", "unit", "words", "nouns", "verbs", "counts", "min", "owner"})
_FORMS = ("words", "nouns", "verbs")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_SUFFIXES = ("数", "数量", "总数", "规模", "人数", "总量", "的数量", "的总数")
_MEASURES = (
    "量",
    "率",
    "额",
    "次",
    "值",
    "DAU",
    "MAU",
    "活",
    "数",
)  # endings of words that say how many themselves
_KINDS = frozenset({"money", "count", "percent", "duration", "area"})


@dataclass(frozen=True, slots=True)
class Metric:
    """A measure: its standard ``name``, the kinds of values it ``takes`` and the ``unit`` where none stands."""

    id: str
    name: str
    takes: frozenset[str]
    unit: str | None
    counts: str | None
    minimum: float
    owner: bool


@light_dataclass(frozen=True, slots=True)
class Word:
    """A metric's word at its place in the text; ``form`` is ``words``, ``nouns`` or ``verbs``."""

    start: int
    end: int
    metric: Metric
    form: str


class MetricLexicon:
    """The metrics by id, with one automaton over all their words.

    >>> found = MetricLexicon.default().find_words("快手的GMV达100亿,成交5亿", 0, 15)
    >>> [(word.metric.name, word.form) for word in found]
    [('gmv', 'words'), ('gmv', 'verbs')]
    """

    def __init__(self, own: Iterable[Mapping[str, Any]] = (), origin: str = "metrics.toml") -> None:
        """Take the packaged metrics and a user's ``own`` rows (see `parse_metrics`).

        A row with the id of a packaged metric replaces it. Raises `ResourceError` naming the row where a word belongs
        to two metrics, or a count is called after a metric that is none.
        """
        own = list(own)
        replaced = {row["id"] for row in own}
        shipped = [row for row in metric_rows() if row["id"] not in replaced]
        self.metrics = {row["id"]: _metric(row) for row in (*shipped, *own)}
        forms: dict[str, tuple[Metric, set[str]]] = {}
        for row in (*shipped, *own):
            metric = self.metrics[row["id"]]
            if metric.counts and metric.counts not in metrics():
                raise ResourceError(
                    f"{origin}: metric {metric.id!r}: counts {metric.counts!r} is no id of a packaged metric; "
                    "`ecomlink lexicon list metrics` shows them."
                )
            for form in _FORMS:
                for word in row.get(form, ()):
                    owner, found = forms.setdefault(word, (metric, set()))
                    if owner is not metric:
                        raise ResourceError(
                            f"{origin}: metric {metric.id!r}: the word {word!r} already belongs to {owner.id!r}; "
                            "take it out, or give the row that id to replace the metric."
                        )
                    found.add(form)
        for word, (metric, found) in list(forms.items()):
            # 主播规模, 新开店商家数量: what is counted with a word for how many is a measure's word
            if "count" not in metric.takes:
                continue
            bare = [suffix for suffix in _SUFFIXES if not suffix.startswith("的")]
            plain = not word.endswith(_SUFFIXES + _MEASURES)
            for suffix in _SUFFIXES if "nouns" in found else bare if plain else ():
                forms.setdefault(word + suffix, (metric, {"words"}))
        self._matcher = ahocorasick_rs.AhoCorasick(
            list(forms), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest
        )
        self._entries = [(metric, frozenset(found)) for metric, found in forms.values()]

    @staticmethod
    @cache
    def default() -> "MetricLexicon":
        """The packaged metrics."""
        return MetricLexicon()

    def find_words(self, text: str, start: int, end: int) -> list[Word]:
        """Return the metric words in ``text[start:end]``, the longest at each place, in order."""
        found: list[Word] = []
        for index, left, right in self._matcher.find_matches_as_indexes(text[start:end]):
            metric, forms = self._entries[index]
            found += [
                Word(start + left, start + right, metric, form)
                for form in ("words", "verbs", "nouns")
                if form in forms
            ]
        return found


@cache
def metrics() -> dict[str, Metric]:
    """Return the packaged metrics by id.

    >>> metrics()["gmv"].unit
    'CNY'
    """
    return {row["id"]: _metric(row) for row in metric_rows()}


@cache
def metric_rows() -> tuple[dict[str, Any], ...]:
    """Return the packaged rows, in file order."""
    return tuple(checked_metrics(read_toml("metrics.toml"), "metrics.toml"))


def parse_metrics(text: str, origin: str) -> list[dict[str, Any]]:
    """Parse the TOML text of metrics; ``origin`` names the file in errors.

    >>> text = '[[metric]]\\nid = "refunds"\\nname = "refunds"\\ntakes = ["count"]\\nwords = ["退货件数"]'
    >>> [row["id"] for row in parse_metrics(text, "own.toml")]
    ['refunds']
    >>> parse_metrics(text.replace("count", "weight"), "own.toml")
    Traceback (most recent call last):
    ...
    ecomlink_nlp.errors.ResourceError: own.toml: metric 'refunds': takes 'weight' is none of area, count, duration, \
money, percent.
    """
    return checked_metrics(parse_toml(text, origin), origin)


def checked_metrics(data: Mapping[str, Any], origin: str) -> list[dict[str, Any]]:
    """Return the rows of parsed TOML after checking each; raises `ResourceError` naming the row."""
    rows = data.get("metric")
    if (
        set(data) != {"metric"}
        or not isinstance(rows, list)
        or not all(isinstance(row, dict) for row in rows)
    ):
        raise ResourceError(f"{origin}: holds other things than [[metric]] rows; write each metric as one.")
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        identifier = row.get("id")
        if not isinstance(identifier, str) or not identifier:
            raise ResourceError(f"{origin}: metric {number} has no id; give it one.")
        if identifier in seen:
            raise ResourceError(f"{origin}: the id {identifier!r} stands twice; choose another.")
        seen.add(identifier)
        if problem := _problem(row):
            raise ResourceError(f"{origin}: metric {identifier!r}: {problem}.")
    return rows


def _problem(row: Mapping[str, Any]) -> str | None:
    """What is wrong with a row, None for nothing."""
    if unknown := sorted(set(row) - _KEYS):
        return f"unknown key {', '.join(unknown)}; known are {', '.join(sorted(_KEYS))}"
    if not isinstance(row.get("name"), str) or not _NAME.fullmatch(row["name"]):
        return f"name {row.get('name')!r} is no name of small letters, such as refund_rate"
    for key in ("takes", *_FORMS):
        cells = row.get(key, [])
        if not isinstance(cells, list) or not all(isinstance(cell, str) and cell.strip() for cell in cells):
            return f'{key} is no list of words, such as {key} = ["…"]'
    if "takes" not in row:
        return f"takes is missing; say what its values are: {', '.join(sorted(_KINDS))}"
    if wrong := [kind for kind in row["takes"] if kind not in _KINDS]:
        return f"takes {wrong[0]!r} is none of {', '.join(sorted(_KINDS))}"
    if not any(row.get(form) for form in _FORMS):
        return "has no words; fill words, nouns or verbs"
    for key, kinds, what in (
        ("unit", (str,), "a text"),
        ("counts", (str,), "the id of a metric"),
        ("min", (int, float), "a number"),
        ("owner", (bool,), "true or false"),
    ):
        if key in row and not isinstance(row[key], kinds):
            return f"{key} {row[key]!r} is not {what}"
    return None


def _metric(row: Mapping[str, Any]) -> Metric:
    return Metric(
        id=row["id"],
        name=row["name"],
        takes=frozenset(row["takes"]),
        unit=row.get("unit"),
        counts=row.get("counts"),
        minimum=row.get("min", 0),
        owner=row.get("owner", False),
    )
