"""The metric lexicon: words for measures and counted things, and the standard name of each.

Read from ``data/metrics.toml``, whose head explains every key.
"""

from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.resources import read_toml

_KEYS = frozenset({"id", "name", "takes", "unit", "words", "nouns", "verbs", "counts", "min", "owner"})
_SUFFIXES = ("数", "数量", "总数", "规模", "人数", "总量", "的数量", "的总数")
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


@dataclass(frozen=True, slots=True)
class Word:
    """A metric's word at its place in the text; ``form`` is ``words``, ``nouns`` or ``verbs``."""

    start: int
    end: int
    metric: Metric
    form: str


@dataclass(frozen=True, slots=True)
class _Automaton:
    matcher: ahocorasick_rs.AhoCorasick
    entries: list[tuple[Metric, frozenset[str]]]


@cache
def metrics() -> dict[str, Metric]:
    """Return the lexicon's metrics by id.

    >>> metrics()["gmv"].unit
    'CNY'
    """
    found: dict[str, Metric] = {}
    for row in read_toml("metrics.toml")["metric"]:
        if unknown := set(row) - _KEYS | set(row["takes"]) - _KINDS:
            raise ResourceError(f"metrics.toml: {row.get('id')}: unknown {', '.join(sorted(unknown))}.")
        if row["id"] in found:
            raise ResourceError(f"metrics.toml: the id {row['id']!r} stands twice; choose another.")
        found[row["id"]] = Metric(
            id=row["id"],
            name=row["name"],
            takes=frozenset(row["takes"]),
            unit=row.get("unit"),
            counts=row.get("counts"),
            minimum=row.get("min", 0),
            owner=row.get("owner", False),
        )
    return found


@cache
def _automaton() -> _Automaton:
    forms: dict[str, tuple[Metric, set[str]]] = {}
    known = metrics()
    for row in read_toml("metrics.toml")["metric"]:
        metric = known[row["id"]]
        for form in ("words", "nouns", "verbs"):
            for word in row.get(form, ()):
                owner, found = forms.setdefault(word, (metric, set()))
                if owner is not metric:
                    raise ResourceError(
                        f"metrics.toml: {word!r} belongs to {owner.id} and {metric.id}; keep one."
                    )
                found.add(form)
    for word, (metric, found) in list(forms.items()):
        # 主播规模, 门店数: a counted noun with a word for how many is a measure's word
        if "nouns" in found and "count" in metric.takes:
            for suffix in _SUFFIXES:
                forms.setdefault(word + suffix, (metric, {"words"}))
    matcher = ahocorasick_rs.AhoCorasick(list(forms), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return _Automaton(matcher, [(metric, frozenset(found)) for metric, found in forms.values()])


def find_words(text: str, start: int, end: int) -> list[Word]:
    """Return the metric words in ``text[start:end]``, the longest at each place, in order.

    >>> [(w.metric.name, w.form) for w in find_words("快手的GMV达100亿,成交5亿", 0, 15)]
    [('gmv', 'words'), ('gmv', 'verbs')]
    """
    automaton = _automaton()
    found: list[Word] = []
    for index, left, right in automaton.matcher.find_matches_as_indexes(text[start:end]):
        metric, forms = automaton.entries[index]
        found += [
            Word(start + left, start + right, metric, form)
            for form in ("words", "verbs", "nouns")
            if form in forms
        ]
    return found
