"""The best tag sequence under the conditional random field on top of the network (Viterbi's algorithm)."""

import numpy as np
from numpy.typing import NDArray

from ecomlink_nlp.tag.neural.batch import Batch
from ecomlink_nlp.tag.neural.weights import Floats, Weights

# Scores a transition that is not allowed: an inner tag after another word's tag.
_FORBIDDEN = np.float32(-1e4)


class Decoder:
    """Start, end and transition scores of the tags.

    Inner tags (``X-I``) follow ``X-B`` or ``X-I`` only. The training left the other transitions with scores of -7 and less, which
    the decoder therefore need not try: that makes it twice as fast.
    """

    def __init__(self, weights: Weights) -> None:
        rows = weights.parameters["crfw"]
        tags = weights.tags
        number = {tag: index for index, tag in enumerate(tags)}
        self._start, self._end, transitions = rows[0], rows[1], rows[2:]
        self._inner = np.array([index for index, tag in enumerate(tags) if tag.endswith("-I")])
        self._first = np.array([number[tags[index][:-2] + "-B"] for index in self._inner])
        self._outer = np.array([index for index, tag in enumerate(tags) if not tag.endswith("-I")])
        self._from_first = transitions[self._first, self._inner][:, None]
        self._from_inner = transitions[self._inner, self._inner][:, None]
        self._to_outer = np.ascontiguousarray(transitions[:, self._outer])[:, :, None]
        allowed = np.zeros(transitions.shape, dtype=bool)
        allowed[:, self._outer] = True
        allowed[self._first, self._inner] = allowed[self._inner, self._inner] = True
        self._transitions = np.where(allowed, transitions, _FORBIDDEN)

    def decode(self, batch: Batch, emissions: Floats) -> list[NDArray[np.intp]]:
        """Return the numbers of the best tags for each row of ``batch``."""
        offsets, counts = batch.offsets, batch.counts
        best = np.ascontiguousarray(emissions.T)
        best[:, : counts[0]] += self._start[:, None]
        best[self._inner, : counts[0]] += _FORBIDDEN
        for step in range(1, len(counts)):
            before, low, high = offsets[step - 1], offsets[step], offsets[step + 1]
            last = best[:, before : before + high - low]
            best[self._outer, low:high] += (last[:, None] + self._to_outer).max(axis=0)
            best[self._inner, low:high] += np.maximum(
                last[self._first] + self._from_first, last[self._inner] + self._from_inner
            )
        return self._traced(batch, best)

    def _traced(self, batch: Batch, best: Floats) -> list[NDArray[np.intp]]:
        """Go back from the best last tags; only for the chosen tags the best predecessor is computed."""
        offsets, counts = batch.offsets, batch.counts
        chosen = np.zeros((len(counts), counts[0]), dtype=np.intp)
        current = np.zeros(counts[0], dtype=np.intp)
        longer = 0
        for step in range(len(counts) - 1, -1, -1):
            count = counts[step]
            here = best[:, offsets[step] : offsets[step + 1]]
            if longer:
                current[:longer] = (here[:, :longer] + self._transitions[:, current[:longer]]).argmax(axis=0)
            if count > longer:
                current[longer:count] = (here[:, longer:] + self._end[:, None]).argmax(axis=0)
            chosen[step, :count] = current[:count]
            longer = count
        return [chosen[:length, row] for row, length in enumerate(batch.lengths)]
