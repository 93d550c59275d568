"""Restores brands, people and terms that machine translation spoiled.

Notes for a newcomer. An article translated from Chinese and back writes 快手 as "Aauto Quicker", 主播 as
锚 (anchor) and 笑古 as 小顾. Nearly every such form also has a life of its own (AAuto Quicker is a programming tool, 锚
belongs to ships), so no form decides alone: each row of the lexicon says what a hit proves (`weight`) and what
the document as a whole must prove before the row is believed (`need`). The document's evidence is the sum over the
distinct artefacts whose own surroundings allow them. An undamaged text proves nothing and is left alone.
"""

from collections.abc import Sequence, Set

from ecomlink_nlp.repair.translation.candidates import Candidate, find_candidates
from ecomlink_nlp.repair.translation.lexicon import Lexicon, lexicon
from ecomlink_nlp.repair.translation.people import covered, find_people
from ecomlink_nlp.text.edits import Edit

__all__ = ["document_evidence", "find_edits"]

# A foreign name that comes back again and again, where the Chinese one never stands, is how this text writes it;
# spellings that vary are no real name.
_REPEATED = 3
_REPEATED_BONUS = 1.0
_VARIANTS_BONUS = 1.0
# One odd word may stand in any text; several that fit no other reading hardly do (none in thirteen clean articles).
_VARIETY_BONUS = 0.3


def find_edits(text: str, rules: Lexicon | None = None) -> list[Edit]:
    """Return the repairs of machine-translation damage in a text in simplified Chinese.

    ``rules`` may be a lexicon with a user's own rows (`build_lexicon`).

    Each edit's ``rule`` names the row of the lexicon, its ``score`` rises with the document's evidence.

    >>> text = "Aauto更快电商宣布切断外链,Aauto Quicker的主播只能卖小店商品,Tik Tok和JD.COM没有回应。"
    >>> [(edit.before, edit.after) for edit in find_edits(text)]
    [('Aauto更快', '快手'), ('Aauto Quicker', '快手'), ('Tik Tok', '抖音'), ('JD.COM', '京东')]
    >>> find_edits("AAuto Quicker是一款编程工具,自带IDE。")
    []
    """
    rules = rules or lexicon()
    candidates = find_candidates(text, rules)
    evidence = (
        _evidence(text, candidates, rules) if candidates and _in_domain(text, candidates, rules) else 0.0
    )
    # Without evidence only rows that need none are believed; they are users' own.
    accepted = _accept(text, candidates, evidence, rules) if candidates else []
    people = find_people(text, accepted, evidence)
    if not people:
        return accepted
    taken = covered(text, accepted)
    accepted += [edit for edit in people if not any(taken[edit.start : edit.end])]
    return sorted(accepted, key=lambda edit: edit.start)


def document_evidence(text: str) -> float:
    """Return how strongly a text shows machine-translation damage: 0 is none, 2 is enough for most rows.

    >>> document_evidence("快手电商发布公告。"), document_evidence("Aauto更快电商和JD.COM发布公告。") > 2
    (0.0, True)
    """
    rules = lexicon()
    candidates = find_candidates(text, rules)
    return _evidence(text, candidates, rules) if _in_domain(text, candidates, rules) else 0.0


def _in_domain(text: str, candidates: Sequence[Candidate], rules: Lexicon) -> bool:
    """True where the document speaks of e-commerce or platforms at all."""
    seen = {hit.artefact.canonical for hit in candidates if hit.weight >= 1.0}
    if len(seen) >= rules.domain_minimum:
        return True
    for index, _, _ in rules.domain_words.find_matches_as_indexes(text):
        seen.add(str(index))
        if len(seen) >= rules.domain_minimum:
            return True
    return False


def _evidence(text: str, candidates: Sequence[Candidate], rules: Lexicon) -> float:
    """The sum of what distinct artefacts prove, with bonuses for repetition and for varying spellings."""
    proves_nothing = _document_flags(text, rules).keys()
    best: dict[tuple[str, str], float] = {}
    counts: dict[tuple[str, str], int] = {}
    spellings: dict[str, set[str]] = {}
    covered = 0
    for hit in candidates:
        if not hit.weight or hit.end <= covered or not proves_nothing.isdisjoint(hit.artefact.flags):
            continue
        covered = hit.end
        key = hit.artefact.id, hit.artefact.canonical
        best[key] = max(best.get(key, 0.0), hit.weight)
        if hit.latin:
            counts[key] = counts.get(key, 0) + 1
            spellings.setdefault(hit.artefact.canonical, set()).add(text[hit.start : hit.end].lower())
    total = sum(best.values()) + _VARIETY_BONUS * max(0, _variety(candidates, proves_nothing) - 1)
    total += _REPEATED_BONUS * sum(
        1 for key, n in counts.items() if n >= _REPEATED and best[key] >= 1.0 and key[1] not in text
    )
    return total + _VARIANTS_BONUS * any(len(found) > 1 for found in spellings.values())


def _variety(candidates: Sequence[Candidate], proves_nothing: Set[str]) -> int:
    """How many words look damaged where their own surroundings allow it, those that prove nothing alone included."""
    seen: set[str] = set()
    covered = 0
    for hit in candidates:
        if hit.start >= covered and proves_nothing.isdisjoint(hit.artefact.flags):
            seen.add(hit.artefact.canonical)
            covered = hit.end
    return len(seen)


def _document_flags(text: str, rules: Lexicon) -> dict[str, float]:
    """The contexts that hold for the whole document, with the evidence that their artefacts need in addition."""
    return {
        flag: context.extra_need or 0.0
        for flag, context in rules.contexts.items()
        if context.in_document and sum(1 for _ in context.pattern.finditer(text)) >= context.hits
    }


def _accept(text: str, candidates: Sequence[Candidate], evidence: float, rules: Lexicon) -> list[Edit]:
    """Choose among the candidates those that the document supports: disjoint, the longest of overlapping ones."""
    extra = _document_flags(text, rules)
    edits = _splits(text, evidence, rules)
    taken = covered(text, edits)
    supported = [
        (hit, *_with_ending(text, hit, rules))
        for hit in candidates
        if hit.artefact.need + sum(extra.get(flag, 0.0) for flag in hit.artefact.flags) <= evidence
    ]
    supported.sort(key=lambda found: (found[0].start - found[1], found[0].artefact.need))
    for hit, with_ending, after, rule in supported:
        if any(taken[hit.start : hit.end]):
            continue
        end = with_ending
        if any(taken[hit.end : end]):
            end, after, rule = hit.end, hit.artefact.canonical, hit.artefact.id
        taken[hit.start : end] = b"\1" * (end - hit.start)
        before = text[hit.start : end]
        if before != after:
            score = round(min(0.99, 0.6 + 0.05 * (evidence - hit.artefact.need) + 0.1 * hit.weight), 3)
            edits.append(Edit(hit.start, end, before, after, hit.artefact.kind, rule, score))
    return sorted(edits, key=lambda edit: edit.start)


def _with_ending(text: str, hit: Candidate, rules: Lexicon) -> tuple[int, str, str]:
    """The end, the replacement and the rule of a hit together with what follows it as a part of the name."""
    canonical = hit.artefact.canonical
    if hit.artefact.kind == "mt_brand" and hit.latin:
        for ending in rules.endings:
            if ending.fits(canonical) and (match := ending.pattern.match(text, hit.end)):
                return match.end(), canonical + ending.after, f"{hit.artefact.id}+{ending.id}"
    return hit.end, canonical, hit.artefact.id


def _splits(text: str, evidence: float, rules: Lexicon) -> list[Edit]:
    """Repairs of names torn apart by word order."""
    edits: list[Edit] = []
    lowered = text.lower()
    for split in rules.splits:
        if evidence < split.need or split.trigger not in lowered:
            continue
        for match in split.pattern.finditer(text):
            loose, name = match["loose"], match["name"]
            edits.append(Edit(*match.span("loose"), loose, "", "mt_brand", split.id, 0.8))
            edits.append(Edit(*match.span("name"), name, split.canonical, "mt_brand", split.id, 0.8))
    return edits
