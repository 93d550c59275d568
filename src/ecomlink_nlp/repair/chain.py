"""The order of the repairs, stated once.

Each stage sees the text as the stages before it left it. The order follows how the damage came about, last
damage first:

1. ``encoding``: byte damage went over the finished text, markup and inserted readings included, so nothing else can
   be read before it is undone; the byte shift needs the readings in their brackets, as evidence.
2. ``glosses``: inserted readings stand between characters that every later stage wants to see side by side.
3. ``markup``: entities and tags hide quotation marks and spaces, and never hold Chinese words.
4. ``width``: later patterns and lexicons are written in one width.
5. ``script``: the lexicons from here on are written in simplified characters.
6. ``spam``: its phrases may stand in any script, so after conversion; before translation, because brand
   evidence must not come from boilerplate.
7. ``lost``: a lost '+' shows only where both sides are readable.
8. ``translation``: brands and terms, by the evidence of the whole readable document.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from ecomlink_nlp.repair import encoding, glosses, lost, markup, script, spam, translation, width
from ecomlink_nlp.text.edits import Alignment, Edit
from ecomlink_nlp.text.scalars import scalar_values

# Damage inside damage (an entity in an entity, a reading cut by zero-width marks) shows only once the outer one is
# undone, so the stages go round until nothing changes: the repaired text is one that needs no repair. Real documents
# need the second round only to say so, and undamaged ones have but one.
_MOST_ROUNDS = 8

FindEdits = Callable[[str], list[Edit]]
"""A stage: the sorted, disjoint edits over the text that it receives."""


@dataclass(frozen=True, slots=True)
class RepairChain:
    """The stages in order; ``translator`` may be one with a lexicon of the user's own.

    >>> RepairChain(translator=lambda text: []).repair("快手這個(gè)平臺(tái)").text
    '快手这个平台'
    """

    translator: FindEdits = translation.find_edits

    def stages(self) -> Iterator[FindEdits]:
        """Yield the stages in the order in which they are applied."""
        yield encoding.find_edits
        yield glosses.find_edits
        yield markup.find_edits
        yield width.find_edits
        yield script.find_edits
        yield spam.find_edits
        yield lost.find_edits
        yield self.translator

    def repair(self, raw: str) -> Alignment:
        """Return the alignment of ``raw`` with its repaired text, one layer a stage that changed something.

        A lone surrogate counts as U+FFFD from here on, in `Alignment.raw` too: no record could hold it.
        """
        alignment = Alignment(scalar_values(raw))
        clean: dict[FindEdits, str] = {}  # the text that a stage last found nothing in
        for _ in range(_MOST_ROUNDS):
            layers = len(alignment.layers)
            for find_edits in self.stages():
                if clean.get(find_edits) == alignment.text:
                    continue
                edits = find_edits(alignment.text)
                if not edits:
                    clean[find_edits] = alignment.text
                alignment.apply(edits)
            if len(alignment.layers) == layers:
                break
        return alignment


@cache
def default_chain() -> RepairChain:
    """Return the chain with the packaged lexicons."""
    return RepairChain()


def repair(raw: str) -> Alignment:
    """Repair ``raw`` with the packaged lexicons; ``Alignment.repairs()`` says what was changed.

    >>> alignment = repair("這個(gè)人")
    >>> alignment.text, alignment.to_raw(1, 2)
    ('这个人', (1, 2))
    """
    return default_chain().repair(raw)
