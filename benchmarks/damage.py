"""Damage on demand: turns clean simplified text into damaged text whose undamaged form is known exactly.

One generator a mechanism, each driven by a ``random.Random`` so that a seed gives the same damage on every machine.
A generator returns a `Damaged`: the damaged text and its passages, ``(start, end)`` in the damaged text with the clean
text that should stand there. What is outside the passages is undamaged, save for the script that a mechanism
needs (readings and the byte shift happen to traditional text).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC
from pypinyin import Style, pinyin

from ecomlink_nlp.resources import read_tsv

LOST = "\N{REPLACEMENT CHARACTER}"
HALF_WIDTH = str.maketrans("，：；！？（）", ",:;!?()")
FULL_WIDTH = {half: full for full, half in HALF_WIDTH.items()}


@dataclass(frozen=True, slots=True)
class Passage:
    """``text[start:end]`` of the damaged text should read ``clean``; ``lost``: nobody can know what it was."""

    start: int
    end: int
    clean: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Damaged:
    """A damaged text and its passages, sorted and disjoint."""

    mechanism: str
    text: str
    passages: tuple[Passage, ...]


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


def readings(text: str, rng: random.Random) -> Damaged:
    """Insert readings by search and replace on GBK bytes at any alignment, then read the bytes leniently.

    The mechanism seen in the wild: inserted brackets shift the bytes wherever the search hits across two characters.
    The text had full-width punctuation then, which was folded only afterwards. Its passages are the readings and the
    shifted stretches, these with the markup that they end in.
    """
    text = re.sub(r"(?<=[㐀-鿿”’》])[,:;!?()]", lambda mark: mark.group().translate(FULL_WIDTH), text)
    traditional = _converter("s2t").convert(text)
    if len(traditional) != len(text):
        raise ValueError("the conversion must keep the length")
    chars = _convertible()
    table = {_gbk(char): _syllable(char) for char in rng.sample(chars, k=len(chars) * 2 // 3)}
    units = [(byte, index) for index, char in enumerate(traditional) for byte in _gbk(char)]
    inserted: list[tuple[int, int | None]] = []
    i = 0
    while i < len(units):
        pair = bytes(byte for byte, _ in units[i : i + 2])
        if len(pair) == 2 and pair in table:
            inserted += units[i : i + 2]
            inserted += [(byte, None) for byte in f"({table[pair]})".encode("gbk")]
            i += 2
        else:
            inserted.append(units[i])
            i += 1
    return _read_leniently(inserted, text)


@cache
def _convertible() -> list[str]:
    """Return the traditional characters that a converter of common simplified ones writes."""
    simplified = [
        bytes((lead, trail)).decode("gb2312", "ignore")
        for lead in range(0xB0, 0xD8)
        for trail in range(0xA1, 0xFF)
    ]
    pairs = [(char, _converter("s2t").convert(char)) for char in simplified if char]
    return sorted({after for before, after in pairs if before != after and len(_gbk(after)) == 2})


def _read_leniently(units: list[tuple[int, int | None]], text: str) -> Damaged:
    """Decode GBK pair by pair: with a second byte below 40 it is ``?``, a user-defined one is dropped."""
    out: list[str] = []
    sources: list[set[int | None]] = []
    i = 0
    while i < len(units):
        size = 1 if units[i][0] <= 0x80 or i + 1 == len(units) else 2
        data = bytes(byte for byte, _ in units[i : i + size])
        owners = {owner for _, owner in units[i : i + size]}
        char = _decode_pair(data)
        if char:
            out.append(char)
            sources.append(owners)
        elif sources:
            sources[-1] = sources[-1] | owners
        i += size
    damaged = "".join(out).translate(HALF_WIDTH)
    return Damaged("readings", damaged, tuple(_passages(damaged, sources, text)))


def _decode_pair(data: bytes) -> str:
    if len(data) == 1:  # Windows reads 80 as the euro sign
        return "€" if data[0] == 0x80 else data.decode("ascii", "replace").replace(LOST, "?")
    if data[1] < 0x40 or data[1] in (0x7F, 0xFF):
        return "?"
    try:
        return data.decode("gbk")
    except UnicodeDecodeError:
        return ""


def _passages(damaged: str, sources: list[set[int | None]], text: str) -> list[Passage]:
    """Group what does not stand for exactly one whole character of its own into passages."""
    clean_at: list[int | None] = []
    counts: dict[int, int] = {}
    for owners in sources:
        for owner in owners - {None}:
            assert owner is not None
            counts[owner] = counts.get(owner, 0) + 1
    for owners in sources:
        whole = len(owners) == 1 and None not in owners and counts[next(iter(owners))] == 1  # type: ignore[index]
        clean_at.append(next(iter(owners)) if whole else None)
    result: list[Passage] = []
    i = 0
    while i < len(damaged):
        if clean_at[i] is not None:
            i += 1
            continue
        j = i
        while j < len(damaged) and clean_at[j] is None:
            j += 1
        result += _cut(damaged, sources, text, i, j)
        i = j
    return result


_READING = re.compile(r"\([^()]+\)")


def _cut(damaged: str, sources: list[set[int | None]], text: str, start: int, end: int) -> list[Passage]:
    """Separate the readings that stand before and behind a shifted stretch from it."""
    owned = [i for i in range(start, end) if sources[i] - {None}]
    if not owned:
        return [Passage(match.start(), match.end(), "") for match in _READING.finditer(damaged, start, end)]
    first, last = owned[0], owned[-1] + 1
    indexes = sorted({o for i in range(first, last) for o in sources[i] if o is not None})
    clean = text[indexes[0] : indexes[-1] + 1].translate(HALF_WIDTH)
    edges = [
        Passage(match.start(), match.end(), "")
        for a, b in ((start, first), (last, end))
        for match in _READING.finditer(damaged, a, b)
    ]
    return sorted([*edges, Passage(first, last, clean)], key=lambda passage: passage.start)


@cache
def _gbk(char: str) -> bytes:
    return char.encode("gbk", "ignore")


@cache
def _syllable(char: str) -> str:
    return str(pinyin(char, style=Style.TONE)[0][0])


def _sentences(
    text: str, rng: random.Random, decode: Callable[[str], str], name: str, share: float = 0.3
) -> Damaged:
    """Damage a share of the sentences whole."""
    out: list[str] = []
    passages: list[Passage] = []
    length = 0
    for piece in re.findall(r"[^。\n]*[。\n]?", text):
        han = sum("一" <= char <= "鿿" for char in piece)
        # Two damaged sentences in a row would be two decodings, where a program makes one.
        apart = not passages or passages[-1].end < length or share == 1.0
        if han >= 4 and apart and rng.random() < share:
            core = piece.rstrip("\n")
            damaged = decode(core)
            passages.append(Passage(length, length + len(damaged), core, LOST in damaged))
            piece = damaged + piece[len(core) :]
        out.append(piece)
        length += len(piece)
    return Damaged(name, "".join(out), tuple(passages))


def utf8_as_gbk(text: str, rng: random.Random) -> Damaged:
    """Read UTF-8 as GBK; bytes that do not fit become ``?``."""
    return _sentences(text, rng, lambda s: _lenient(s.encode(), "gbk"), "utf8_as_gbk")


def utf8_as_latin1(text: str, rng: random.Random) -> Damaged:
    """Read UTF-8 as Latin-1."""
    return _sentences(text, rng, lambda s: s.encode().decode("latin-1"), "utf8_as_latin1")


def utf8_as_cp1252(text: str, rng: random.Random) -> Damaged:
    """Read UTF-8 as browsers read Windows-1252."""
    return _sentences(text, rng, lambda s: "".join(map(_cp1252, s.encode())), "utf8_as_cp1252")


def gbk_as_latin1(text: str, rng: random.Random) -> Damaged:
    """Read GBK as Latin-1."""
    return _sentences(text, rng, lambda s: s.encode("gbk", "ignore").decode("latin-1"), "gbk_as_latin1")


def gbk_as_utf8(text: str, rng: random.Random) -> Damaged:
    """Read GBK as UTF-8: what does not fit is lost."""
    return _sentences(
        text, rng, lambda s: s.encode("gbk", "ignore").decode("utf-8", "replace"), "gbk_as_utf8"
    )


def gbk_as_utf8_as_gbk(text: str, rng: random.Random) -> Damaged:
    """Read GBK as UTF-8, write that as UTF-8 and read it as GBK: 锟斤拷, lost."""

    def decode(sentence: str) -> str:
        return sentence.encode("gbk", "ignore").decode("utf-8", "replace").encode().decode("gbk", "replace")

    damaged = _sentences(text, rng, decode, "gbk_as_utf8_as_gbk")
    lost = tuple(Passage(p.start, p.end, p.clean, True) for p in damaged.passages)
    return Damaged(damaged.mechanism, damaged.text, lost)


def _cp1252(byte: int) -> str:
    return bytes((byte,)).decode("cp1252", "ignore") or chr(byte)


def _lenient(data: bytes, encoding: str) -> str:
    return data.decode(encoding, "replace").replace("\N{REPLACEMENT CHARACTER}", "?")


def script(config: str) -> Callable[[str, random.Random], Damaged]:
    """Return a generator that converts the text by an OpenCC configuration; its passages are the sentences."""

    def convert(text: str, rng: random.Random) -> Damaged:
        return _sentences(text, rng, _converter(config).convert, config, share=1.0)

    return convert


def brands(text: str, rng: random.Random, *, held_back: bool) -> Damaged:
    """Put forms of machine translation for brands, from one half of the lexicon's forms or the held-back other."""
    forms = brand_forms(held_back)
    pattern = re.compile("|".join(sorted(map(re.escape, forms), key=len, reverse=True)))
    chosen: dict[str, str] = {}
    out: list[str] = []
    passages: list[Passage] = []
    position = length = 0
    for match in pattern.finditer(text):
        name = match.group()
        form = chosen.setdefault(name, rng.choice(forms[name]))
        before = text[position : match.start()]
        out += (before, form)
        length += len(before)
        passages.append(Passage(length, length + len(form), name))
        length += len(form)
        position = match.end()
    out.append(text[position:])
    return Damaged("brands_held_back" if held_back else "brands", "".join(out), tuple(passages))


@cache
def brand_forms(held_back: bool) -> dict[str, list[str]]:
    """Halve the lexicon's Latin forms, and spell them as translations do: capitals at word starts."""
    forms: dict[str, list[str]] = {}
    rows = read_tsv("artefacts.tsv", ("id", "canonical", "weight", "forms"))
    for row in rows:
        usable = [form for form in row["forms"].split("|") if form.isascii() and not form.startswith("=")]
        if float(row["weight"]) >= 1 and usable:
            half = usable[1::2] if held_back else usable[::2]
            forms.setdefault(row["canonical"], []).extend(form.title() for form in half)
    return {name: half for name, half in forms.items() if half}


_WRAPPERS = (
    ("{topic}怎么操作(", ")"),
    ("{topic}官网入口_", ""),
    ("", "_电商资讯网"),
    ("{topic}多少钱_{topic}排行榜_", ""),
)
_FOOTERS = (
    "扫描二维码关注我们", "点击上方蓝字关注公众号", "本文来源于网络,如有侵权请联系删除", "分享到:微信 微博 QQ空间",
    "免责声明:本文仅代表作者个人观点,与本站无关", "长按识别二维码加入交流群", "相关阅读:",
)  # fmt: skip


def boilerplate(text: str, rng: random.Random) -> Damaged:
    """Wrap the title like a search-engine page and add lines of share, follow and disclaimer phrases."""
    head, _, body = text.partition("\n")
    before, after = rng.choice(_WRAPPERS)
    topic = re.split(r"[，,、：:；;|｜！!？?“”]", head.lstrip("“"))[0][:12]
    before, after = before.format(topic=topic), after.format(topic=topic)
    footer = rng.choice(_FOOTERS)
    damaged = f"{before}{head}{after}\n{body}\n{footer}"
    spans = [(0, len(before)), (len(before) + len(head), len(before) + len(head) + len(after))]
    spans.append((len(damaged) - len(footer), len(damaged)))
    return Damaged("boilerplate", damaged, tuple(Passage(a, b, "") for a, b in spans if a < b))


MECHANISMS: dict[str, Callable[[str, random.Random], Damaged]] = {
    "readings": readings,
    "utf8_as_gbk": utf8_as_gbk,
    "utf8_as_latin1": utf8_as_latin1,
    "utf8_as_cp1252": utf8_as_cp1252,
    "gbk_as_latin1": gbk_as_latin1,
    "gbk_as_utf8": gbk_as_utf8,
    "gbk_as_utf8_as_gbk": gbk_as_utf8_as_gbk,
    "s2t": script("s2t"),
    "s2tw": script("s2tw"),
    "s2twp": script("s2twp"),
    "s2hk": script("s2hk"),
    "boilerplate": boilerplate,
    "brands": lambda text, rng: brands(text, rng, held_back=False),
    "brands_held_back": lambda text, rng: brands(text, rng, held_back=True),
}
