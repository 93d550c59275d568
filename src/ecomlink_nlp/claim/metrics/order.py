"""Clauses in order around a clause, without copying the document's list."""

from collections.abc import Iterator

from ecomlink_nlp.claim.discourse import Clause, Discourse


def clauses_back(discourse: Discourse, clause: Clause) -> Iterator[Clause]:
    """Yield the clause and those before it, nearest first, to the start of the document."""
    for index in range(clause.index, -1, -1):
        yield discourse.clauses[index]


def sentence_so_far(discourse: Discourse, clause: Clause) -> list[Clause]:
    """Return the clauses of the sentence up to and with ``clause``, in order."""
    found: list[Clause] = []
    for earlier in clauses_back(discourse, clause):
        if earlier.sentence != clause.sentence:
            break
        found.append(earlier)
    return found[::-1]
