"""Script conversion with offsets: OpenCC's dictionaries and chains, run as regular expressions over the text.

Notes for a newcomer. opencc-python-reimplemented cuts a text at separators and converts each piece by a chain of
stages. A stage is a group of dictionaries, tried one after the other: inside one dictionary the longest key wins,
then the leftmost, on whatever earlier dictionaries and longer keys have left. Nearly all of that work comes out
as if every character were looked up alone. So a stage here is one character table, plus the *special* keys whose
value differs from what the table gives (乾隆, 瞭解). Two neighbouring characters of each special key are its *sign*;
only a piece of text in which a special key really stands around its sign is converted by the slow, exact algorithm.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.text.edits import Alignment, Edit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# From this length on an array beats str.translate by more than its import costs in a batch.
_LONG = 2000

# OpenCC never matches across these (its PhraseExtract.cpp), nor across white space.
_SEPARATORS = frozenset(
    "-,.?!*　，。、；：？！…“”‘’『』「」﹁﹂—－（）《》〈〉～．／＼︒︑︔︓︿﹀︹︺︙︐［﹇］﹈︕︖︰︳︴︽︾︵︶｛︷｝︸﹃﹄【︻】︼"
) | {chr(code) for code in range(0x3001) if chr(code).isspace()}

_Replacement = tuple[int, int, str]
# Special keys, each with the offset of its sign in it, by sign: a pair of characters, or a key of one character.
_Special = dict[str, tuple[tuple[int, str], ...]]


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a chain: ``dictionaries`` in the order in which they are tried."""

    dictionaries: tuple[dict[str, str], ...]
    table: dict[int, str]
    special: _Special
    changing: re.Pattern[str]
    single: re.Pattern[str]
    signs: re.Pattern[str] | None
    lengths: tuple[dict[str, tuple[int, ...]], ...]
    cache: "dict[str, NDArray[np.uint32]]" = field(default_factory=dict)

    def convert(self, text: str) -> str:
        """Return the converted text."""
        if not self.changing.search(text):
            return text
        base = self._translate(text)
        pieces: list[str] = []
        position = 0
        for start, end in self._special_segments(text):
            for key_start, key_end, value in self._matches(text, start, end):
                pieces += (base[position:key_start], value)
                position = key_end
        if not pieces:
            return base
        pieces.append(base[position:])
        return "".join(pieces)

    def _translate(self, text: str) -> str:
        """Map every character by the table."""
        if len(text) < _LONG:
            return text.translate(self.table)
        import numpy as np  # 100 ms to load, but ten times as fast as str.translate

        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return str(self._array()[codes].tobytes().decode("utf-32-le", "surrogatepass"))

    def _array(self) -> "NDArray[np.uint32]":
        import numpy as np

        if "array" not in self.cache:
            array = np.arange(sys.maxunicode + 1, dtype=np.uint32)
            array[list(self.table)] = [ord(value) for value in self.table.values()]
            self.cache["array"] = array
        return self.cache["array"]

    def replacements(self, text: str) -> list[_Replacement]:
        """Return what changes, as sorted ``(start, end, after)``, character by character where lengths agree."""
        if not self.changing.search(text):
            return []
        result: list[_Replacement] = []
        position = 0
        for start, end in self._special_segments(text):
            for key_start, key_end, value in self._matches(text, start, end):
                result += self._singles(text, position, key_start)
                if key_end - key_start == len(value):
                    pairs = zip(range(key_start, key_end), text[key_start:key_end], value, strict=True)
                    result += [(i, i + 1, after) for i, before, after in pairs if before != after]
                else:
                    result.append((key_start, key_end, value))
                position = key_end
            result += self._singles(text, position, end)
            position = end
        result += self._singles(text, position, len(text))
        return result

    def _singles(self, text: str, start: int, end: int) -> Iterator[_Replacement]:
        table = self.table
        for match in self.single.finditer(text, start, end):
            before = match.group()
            after = table.get(ord(before), before)
            if after != before:
                yield match.start(), match.end(), after

    def _special_segments(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the pieces between separators in which a special key stands."""
        if self.signs is None:
            return
        done = 0
        special = self.special
        for match in self.signs.finditer(text):
            at = match.start()
            keys = special.get(text[at : at + 2], ()) or special.get(text[at], ())
            if at < done or not any(
                at >= offset and text.startswith(key, at - offset) for offset, key in keys
            ):
                continue
            start = end = at
            while start > done and text[start - 1] not in _SEPARATORS:
                start -= 1
            while end < len(text) and text[end] not in _SEPARATORS:
                end += 1
            done = end
            yield start, end

    def _matches(self, text: str, start: int, end: int) -> list[_Replacement]:
        """Match keys in ``text[start:end]`` as OpenCC does; without the one-to-one characters of the table."""
        taken = bytearray(end - start)
        found: list[_Replacement] = []
        segment = text[start:end]
        for dictionary, lengths in zip(self.dictionaries, self.lengths, strict=True):
            if lengths.keys().isdisjoint(segment):
                continue
            hits = [
                (-length, i, value)
                for i, char in enumerate(segment, start)
                if char in lengths
                for length in lengths[char]
                if i + length <= end and (value := dictionary.get(text[i : i + length])) is not None
            ]
            hits.sort()
            for length, i, value in hits:
                span = slice(i - start, i - start - length)
                if any(taken[span]):
                    continue
                taken[span] = b"\1" * -length
                found.append((i, i - length, value))
        found.sort()
        return found


def _stage(dictionaries: tuple[dict[str, str], ...]) -> Stage:
    table: dict[str, str] = {}
    for dictionary in dictionaries:
        for key, value in dictionary.items():
            if len(key) == 1:
                table.setdefault(key, value if len(value) == 1 else key)
    special = _special_keys(dictionaries, table)
    changing = {key for key, value in table.items() if key != value}
    # A class that lists characters beyond the BMP makes `re` a hundred times slower: one range stands for all.
    beyond = "\U00010000-\U0010ffff" if any(key > "\uffff" for key in changing) else ""
    single = "".join(re.escape(key) for key in sorted(changing) if key <= "\uffff") + beyond
    return Stage(
        dictionaries,
        {ord(key): table[key] for key in changing},
        special,
        re.compile(f"[{single}{_class(key[0] for key in special)}]"),
        re.compile(f"[{single}]"),
        _signs(special) if special else None,
        (
            *(_lengths(dictionary) for dictionary in dictionaries[:-1]),
            # What the table does anyway can hide no longer key in the dictionary that comes last.
            _lengths(key for key, value in dictionaries[-1].items() if table.get(key) != value),
        ),
    )


def _special_keys(dictionaries: tuple[dict[str, str], ...], table: dict[str, str]) -> _Special:
    """Group the keys that the table alone would convert otherwise by their signs."""
    keys = {
        key
        for dictionary in dictionaries
        for key, value in dictionary.items()
        if "".join(table.get(char, char) for char in key) != value
    }
    signs: dict[str, list[tuple[int, str]]] = {}
    firsts: set[str] = set()
    seconds: set[str] = set()
    for key in sorted(keys, key=lambda key: (len(key), key)):
        # The fewer characters are part of a sign, the fewer places of a text are looked at.
        at = min(
            range(max(1, len(key) - 1)),
            key=lambda i: ((key[i] not in firsts) + (key[i + 1 : i + 2] not in seconds), key[i]),
        )
        sign = key[at : at + 2]
        firsts.add(sign[0])
        seconds.add(sign[1:])
        signs.setdefault(sign, []).append((at, key))
    # Where a key of one character is the first of a pair, the pair must know it too.
    for sign, found in signs.items():
        if len(sign) > 1:
            found += signs.get(sign[0], [])
    return {sign: tuple(found) for sign, found in signs.items()}


def _signs(special: _Special) -> re.Pattern[str]:
    """Match the first characters of the signs; a class that stands first lets `re` skip text fast."""
    alone = _class(sign for sign in special if len(sign) == 1)
    seconds = _class(sign[1] for sign in special if len(sign) > 1)
    known = [f"(?=[{seconds}])"] if seconds else []
    known += [f"(?<=[{alone}])"] if alone else []
    return re.compile(f"[{_class(sign[0] for sign in special)}](?:{'|'.join(known)})")


def _class(chars: Iterable[str]) -> str:
    """Return the characters as the inside of a class of a regular expression."""
    return "".join(map(re.escape, sorted(set(chars))))


def _lengths(dictionary: Iterable[str]) -> dict[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for key in dictionary:
        lengths.setdefault(key[0], set()).add(len(key))
    return {first: tuple(sorted(sizes)) for first, sizes in lengths.items()}


class ScriptConverter:
    """Converter of one OpenCC configuration, equal to ``opencc.OpenCC(config).convert``.

    >>> ScriptConverter("t2s").convert("乾隆年間的麵條很乾")
    '乾隆年间的面条很干'
    >>> [(e.start, e.before, e.after) for e in ScriptConverter("t2s").align("淘寶").repairs()]
    [(1, '寶', '宝')]

    Dictionaries and chains are those of opencc-python-reimplemented (Apache-2.0), read from its package.
    Raises ResourceError for an unknown configuration.
    """

    def __init__(self, config: str) -> None:
        self.config = config
        self.stages = _load(config)

    def convert(self, text: str) -> str:
        """Return the converted text."""
        for stage in self.stages:
            text = stage.convert(text)
        return text

    def align(self, text: str) -> Alignment:
        """Return the alignment of the text with its conversion, one layer a stage."""
        alignment = Alignment(text)
        for stage in self.stages:
            before = alignment.text
            alignment.apply(
                [
                    Edit(start, end, before[start:end], after, "script", self.config)
                    for start, end, after in stage.replacements(before)
                ]
            )
        return alignment


@cache
def _load(config: str) -> tuple[Stage, ...]:
    source = files("opencc") / "config" / f"{config}.json"
    if not source.is_file():
        raise ResourceError(f"script conversion {config!r} is unknown. Use t2s, tw2s, tw2sp or hk2s.")
    chain = json.loads(source.read_text(encoding="utf-8"))["conversion_chain"]
    return tuple(_stage(tuple(_dictionary(name) for name in _file_names(step["dict"]))) for step in chain)


def _file_names(node: dict[str, object]) -> Iterator[str]:
    if node["type"] == "txt":
        yield str(node["file"])
    else:
        children = node["dicts"]
        assert isinstance(children, list)
        for child in children:
            yield from _file_names(child)


@cache
def _dictionary(name: str) -> dict[str, str]:
    rows = (files("opencc") / "dictionary" / name).read_text(encoding="utf-8").splitlines()
    pairs = (row.strip().split("\t") for row in rows)
    return {key: value.split(" ")[0] for key, value in pairs if not _SEPARATORS.intersection(key)}
