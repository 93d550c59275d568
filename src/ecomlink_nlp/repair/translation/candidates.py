"""Finds what looks like a damaged word, before the document as a whole decides."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from ecomlink_nlp.repair.translation.composition import Composed, compose
from ecomlink_nlp.repair.translation.lexicon import Artefact, Lexicon, compiled
from ecomlink_nlp.repair.translation.parts import cuts_word
from ecomlink_nlp.text.light import light_dataclass

_SENTENCE_ENDS = "。！？!?；;\n"
_CONTEXT = 16
_AGAINST = 8
# The table of readings takes a sixth of a second to load: only for a text whose listed forms show damage.
_READINGS_NEED = 1.5
# So that the data files need only know one width of punctuation.
_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z'’.-]*)(?:, | )$")
_WORD_AFTER = re.compile(r"(?:, | )([A-Za-z][A-Za-z'’-]*)")
# Latin words that stand between Chinese words without making an English passage: acronyms and these.
_FREE_WORDS = frozenset({"App", "app", "Apps", "Pro", "Plus", "Max"})
# What Chinese writes right behind a name: AlibabaCEO for 阿里巴巴CEO, Flying Pig4月6日.
_GLUED = re.compile(r"(?:CEO|CFO|COO|CTO|CMO|App|APP|GMV)(?![A-Za-z])|(?:19|20)\d\d年|\d{1,2}[月日号]")
_CODE_BEFORE = "@/._#$\\=<&"
_CODE_AFTER = "@/_=\\("


@light_dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be damage: the artefact, what one such hit proves, whether it is Latin, and composed."""

    start: int
    end: int
    artefact: Artefact
    weight: float
    latin: bool
    composed: bool = False


class _Neighbours:
    """Where Latin hits begin and end, and what the brands among them are called."""

    def __init__(self, hits: list[Candidate]) -> None:
        """Of several hits at an offset the longest counts; ``hits`` are in order of start, longest first."""
        self.starts = {hit.start for hit in hits if hit.latin}
        self.ends = {hit.end for hit in hits if hit.latin}
        brands = [hit for hit in hits if hit.latin and hit.artefact.kind == "mt_brand"]
        self._before = {hit.end: hit.artefact.canonical for hit in reversed(brands)}
        self._after = {hit.start: (hit.artefact.canonical, hit.end) for hit in reversed(brands)}

    def before(self, text: str, start: int) -> str:
        """The name that the words right before an offset stand for, or nothing."""
        if text.endswith("的", 0, start) and (owner := self._before.get(start - 1)):
            return owner + "的"
        return self._before.get(start - text.endswith(" ", 0, start), "")

    def after(self, text: str, end: int) -> tuple[str, int]:
        """The name that the words right behind an offset stand for, or nothing, and where they end."""
        return self._after.get(end + text.startswith(" ", end), ("", end))


def find_candidates(text: str, lexicon: Lexicon) -> list[Candidate]:
    """Return every hit whose own surroundings allow it, in order of start, longest first; they may overlap.

    ``text`` is in simplified Chinese.
    """
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    found = [*_listed(text, lowered, lexicon), *_families(text, lowered, lexicon)]
    found += _by_parts(text, lowered, found, lexicon)
    found.sort(key=lambda hit: (hit.start, -hit.end))
    near = _Neighbours(found)
    fitting = [hit for hit in found if _fits(text, hit, near, lexicon)]
    return [hit for hit in fitting if not _is_kept_around(text, hit, fitting)]


def _listed(text: str, lowered: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Hits of the listed forms that begin and end with words."""
    for index, start, end in lexicon.automaton.find_matches_as_indexes(lowered, overlapping=True):
        for form in lexicon.forms[index]:
            if form.exact is not None and text[start:end] != form.exact:
                continue
            if _cuts_word(text, start, end):
                continue
            brand = form.artefact.kind == "mt_brand" and not form.latin
            if brand and form.weight and cuts_word(text, start, end):
                continue
            yield Candidate(start, end, form.artefact, form.weight, form.latin)


def _families(text: str, lowered: str, lexicon: Lexicon) -> Iterator[Candidate]:
    """Hits of the patterns."""
    for family in lexicon.families:
        if family.trigger in lowered:
            for match in family.pattern.finditer(text):
                yield Candidate(*match.span(), family.artefact, family.artefact.weight, family.latin)


def _by_parts(text: str, lowered: str, listed: list[Candidate], lexicon: Lexicon) -> list[Candidate]:
    """Names and terms translated part by part, where no row lists the whole form."""
    listed = sorted(listed, key=_start)
    known = {(hit.start, hit.end) for hit in listed}
    proved = sum({hit.artefact.id: hit.weight for hit in listed}.values())
    return [
        Candidate(found.start, found.end, artefact, artefact.weight, found.latin, True)
        for found in compose(text, lowered, lexicon.parts, readings=proved >= _READINGS_NEED)
        if (found.start, found.end) not in known
        and not _cuts_word(text, found.start, found.end)
        and not cuts_word(text, found.start, found.end)
        and (artefact := _part_artefact(found, listed, lexicon))
    ]


def _part_artefact(found: Composed, listed: list[Candidate], lexicon: Lexicon) -> Artefact | None:
    """What a composed form needs: the less it can be an ordinary phrase, the less evidence.

    What speaks against a listed form within it speaks against the whole.
    """
    rule = lexicon.by_parts[found.sort]
    if rule is None:
        return None
    flags = {flag for hit in _within(listed, found.start, found.end) for flag in hit.artefact.flags}
    return Artefact(
        "term_by_parts" if found.kind == "mt_term" else "name_by_parts",
        found.kind,
        found.name,
        rule.weight,
        rule.need,
        tuple(sorted(flags)),
        rule.before,
        rule.after,
        rule.against,
    )


def _cuts_word(text: str, start: int, end: int) -> bool:
    """True where a Latin end of the span stands inside a longer Latin word or number, an address or code."""
    first, last = text[start], text[end - 1]
    before, after = text[start - 1 : start], text[end : end + 1]
    if first.isascii() and first.isalnum():
        if before.isascii() and before.isalnum() and (first.isalpha() or before.isdigit()):
            return True
        if before and before in _CODE_BEFORE:
            return True
    if last.isascii() and last.isalnum():
        glued = after.isascii() and after.isalnum() and (last.isalpha() or after.isdigit())
        if glued and not (last.islower() and _GLUED.match(text, end)):
            return True
        if after and after in _CODE_AFTER:
            return True
        if after == "." and text[end + 1 : end + 2].isascii() and text[end + 1 : end + 2].isalnum():
            return True
    return False


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that a span stands in, cut at 150 characters on either side."""
    left = max((text.rfind(mark, max(0, start - 150), start) for mark in _SENTENCE_ENDS), default=-1) + 1
    rights = [found for mark in _SENTENCE_ENDS if (found := text.find(mark, end, end + 150)) >= 0]
    return max(left, start - 150), min(rights, default=min(len(text), end + 150))


def _fits(text: str, hit: Candidate, near: _Neighbours, lexicon: Lexicon) -> bool:
    """True where the surroundings of the hit agree with the row."""
    artefact = hit.artefact
    if _is_right_already(text, hit):
        return False
    line = text.rfind("\n", max(0, hit.start - _CONTEXT), hit.start) + 1
    before = text[max(line, hit.start - _CONTEXT) : hit.start].translate(_WIDE)
    stop = text.find("\n", hit.end, hit.end + _CONTEXT)
    after = text[hit.end : stop if stop >= 0 else hit.end + _CONTEXT].translate(_WIDE)
    if artefact.before and not compiled(artefact.before).search(before):
        name = near.before(text, hit.start)
        if not name or not compiled(artefact.before).search(name):
            return False
    if artefact.after and not compiled(artefact.after).match(after):
        name, end = near.after(text, hit.end)
        if not name or not compiled(artefact.after).match(name + text[end : end + _CONTEXT].translate(_WIDE)):
            return False
    if artefact.against and compiled(artefact.against).search(
        before[-_AGAINST:] + text[hit.start : hit.end] + after[:_AGAINST]
    ):
        return False
    if hit.latin and (_in_english(text, hit, near, lexicon) or _is_gloss(text, hit)):
        return False
    for flag in artefact.flags:
        context = lexicon.contexts[flag]
        if not context.in_document:
            start, end = sentence_around(text, hit.start, hit.end)
            rest = text[start : hit.start] + "\n" + text[hit.end : end]
            if sum(1 for _ in context.pattern.finditer(rest)) >= context.hits:
                return False
    return True


def _is_kept_around(text: str, hit: Candidate, fitting: list[Candidate]) -> bool:
    """True for a composed form that only adds kept characters to a smaller hit (JD.COM联盟 to JD.COM).

    Where another hit takes a piece of the smaller one (社区组购|买), only the whole form says what is meant.
    """
    if not hit.composed:
        return False
    within = list(_within(fitting, hit.start, hit.end))
    return any(
        part.end - part.start < hit.end - hit.start
        and text[hit.start : part.start] + part.artefact.canonical + text[part.end : hit.end]
        == hit.artefact.canonical
        and not any(other.start < part.start < other.end < part.end for other in within)
        for part in within
    )


def _start(hit: Candidate) -> int:
    return hit.start


def _within(hits: list[Candidate], start: int, end: int) -> Iterator[Candidate]:
    """The hits inside a span, of hits in order of start."""
    for hit in hits[bisect_left(hits, start, key=_start) : bisect_left(hits, end, key=_start)]:
        if hit.end <= end:
            yield hit


def _is_right_already(text: str, hit: Candidate) -> bool:
    """True where the form is a part of the right word, which stands there (链权限 in 外链权限)."""
    canonical = hit.artefact.canonical
    offset = canonical.find(text[hit.start : hit.end])
    return offset >= 0 and text.startswith(canonical, max(0, hit.start - offset))


def _in_english(text: str, hit: Candidate, near: _Neighbours, lexicon: Lexicon) -> bool:
    """True where an English word stands next to the hit that is neither an artefact nor an ending of the name."""
    before = _WORD_BEFORE.search(text, max(0, hit.start - 24), hit.start)
    if before and before.end(1) not in near.ends and not _is_free(before[1]):
        return True
    after = _WORD_AFTER.match(text, hit.end)
    if not after or after.start(1) in near.starts or _is_free(after[1]):
        return False
    canonical = hit.artefact.canonical
    return not any(e.fits(canonical) and e.pattern.match(text, hit.end) for e in lexicon.endings)


def _is_free(word: str) -> bool:
    return word in _FREE_WORDS or (word.isupper() and "." not in word)


def _is_gloss(text: str, hit: Candidate) -> bool:
    """True for a foreign name alone in brackets: an explanation of the word before it."""
    return text[hit.start - 1 : hit.start] in {"(", "（"} and text[hit.end : hit.end + 1] in {")", "）"}
