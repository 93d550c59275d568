"""Clauses in order around a clause, without copying the document's list."""

from collections.abc import Iterator

from ecomlink_nlp.claim.discourse import Clause, Discourse

_MAX_CLAUSES = 80  # clauses back: what stands further off in an endless sentence is spoken of no longer


def clauses_back(discourse: Discourse, clause: Clause) -> Iterator[Clause]:
    """Yield the clause and those before it, nearest first, as far as anything carries over."""
    for index in range(clause.index, max(-1, clause.index - _MAX_CLAUSES), -1):
        yield discourse.clauses[index]


def sentence_so_far(discourse: Discourse, clause: Clause) -> list[Clause]:
    """Return the clauses of the sentence up to and with ``clause``, in order."""
    found: list[Clause] = []
    for earlier in clauses_back(discourse, clause):
        if earlier.sentence != clause.sentence:
            break
        found.append(earlier)
    return found[::-1]
