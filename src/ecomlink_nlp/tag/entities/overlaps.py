"""One rule for names that claim the same characters.

A pattern's candidate that begins inside a known name is none (唯[品会向广州知识产权法院]). Of the other overlapping
candidates the longer one wins; of equally long ones the one that starts first; of two readings of
one span the knowledge base before a pattern, and patterns in the order of their file.
"""

from collections.abc import Iterable

from ecomlink_nlp.text.document import Entity


def without_overlaps(candidates: Iterable[Entity]) -> list[Entity]:
    """Return the sorted, disjoint entities that the rule leaves; earlier candidates win ties.

    >>> long, short = Entity(0, 4, "ORG", "京东物流"), Entity(0, 2, "PLATFORM", "京东")
    >>> [entity.name for entity in without_overlaps([short, long])]
    ['京东物流']
    """
    ordered = sorted(candidates, key=_start)
    kept: list[Entity] = []
    cluster: list[Entity] = []
    reach = -1
    for entity in ordered:
        if entity.start >= reach:
            kept.extend(_resolved(cluster))
            cluster = []
        cluster.append(entity)
        reach = max(reach, entity.end)
    kept.extend(_resolved(cluster))
    return kept


def _start(entity: Entity) -> int:
    return entity.start


def _resolved(cluster: list[Entity]) -> list[Entity]:
    """The winners among candidates that hang together by overlaps."""
    if len(cluster) < 2:
        return cluster
    # By character, since a cluster may be as long as the text.
    inside: dict[int, int] = {}
    for entity in cluster:
        if entity.id is not None:
            for position in range(entity.start + 1, entity.end):
                inside[position] = min(entity.end, inside.get(position, entity.end))
    kept: list[Entity] = []
    taken: set[int] = set()
    for entity in sorted(cluster, key=lambda e: (e.start - e.end, e.start)):
        if entity.id is None and inside.get(entity.start, entity.end) < entity.end:
            continue
        span = range(entity.start, entity.end)
        if taken.isdisjoint(span):
            kept.append(entity)
            taken.update(span)
    return sorted(kept, key=_start)
