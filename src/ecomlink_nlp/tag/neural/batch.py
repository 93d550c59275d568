"""How sentences of different length lie in one array, so that a recurrent network needs no masks."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows sorted by length, longest first, packed step after step: all first characters, all second ones, ….

    Since the rows only get fewer from step to step, those of step ``t`` are ``offsets[t]:offsets[t + 1]``, row ``b`` at
    ``offsets[t] + b``. ``characters`` holds the packed character numbers; ``mirror`` gives for each packed place that of the
    same row read backwards.
    """

    lengths: Indices
    counts: tuple[int, ...]
    offsets: Indices
    characters: Indices
    mirror: Indices


def pack(rows: list[list[int]]) -> Batch:
    """Pack rows of character numbers, which must be sorted by length, longest first, none empty.

    >>> batch = pack([[5, 6, 7], [8]])
    >>> batch.characters.tolist(), batch.mirror.tolist(), batch.counts
    ([5, 8, 6, 7], [3, 1, 2, 0], (2, 1, 1))
    """
    lengths = np.array([len(row) for row in rows], dtype=np.intp)
    steps = int(lengths[0])
    counts = (lengths[None, :] > np.arange(steps)[:, None]).sum(axis=1)
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.intp)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]])
    step = np.repeat(np.arange(steps), counts)
    row = np.arange(offsets[-1]) - offsets[step]
    flat = np.array([number for line in rows for number in line], dtype=np.intp)
    mirror = offsets[lengths[row] - 1 - step] + row
    return Batch(lengths, tuple(counts.tolist()), offsets, flat[starts[row] + step], mirror)
