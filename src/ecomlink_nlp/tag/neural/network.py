"""The network of LAC-small in numpy: character embedding, two bidirectional GRU layers, emission scores of the tags.

Source: Z. Jiao, S. Sun, K. Sun, "Chinese Lexical Analysis with Deep Bi-GRU-CRF Network", arXiv:1807.01882. Both directions of
a layer advance in one step, and the first layer's input projection is computed once for each distinct character.
"""

from collections.abc import Callable

import numpy as np

from ecomlink_nlp.tag.neural.batch import Batch, Indices
from ecomlink_nlp.tag.neural.weights import HIDDEN, LAYERS, Floats, Weights

_GATES = 3 * HIDDEN


class Network:
    """The parameters in the arrangement that the computation wants: forward and backward direction side by side.

    The gates of a GRU are update, reset and candidate. The weights of the first two are kept with their sign changed,
    so that a sigmoid is ``1 / (1 + exp(x))``.
    """

    def __init__(self, weights: Weights) -> None:
        parameters = weights.parameters
        sign = np.ones(_GATES, dtype=np.float32)
        sign[: 2 * HIDDEN] = -1
        self._inputs: list[Floats] = []
        self._biases: list[Floats] = []
        self._gates: list[Floats] = []
        self._candidates: list[Floats] = []
        for layer in range(LAYERS):
            pair = (2 * layer, 2 * layer + 1)
            self._inputs.append(np.stack([parameters[f"fc_{k}.w_0"] * sign for k in pair]))
            biases = [
                parameters[f"fc_{k}.b_0"].reshape(-1) + parameters[f"gru_{k}.b_0"].reshape(-1) for k in pair
            ]
            self._biases.append(np.stack(biases) * sign)
            # A recurrent matrix is stored as one block for both gates, then one for the candidate.
            flat = [parameters[f"gru_{k}.w_0"].reshape(-1) for k in pair]
            cut = 2 * HIDDEN * HIDDEN
            self._gates.append(np.stack([-block[:cut].reshape(HIDDEN, 2 * HIDDEN) for block in flat]))
            self._candidates.append(np.stack([block[cut:].reshape(HIDDEN, HIDDEN) for block in flat]))
        self._output = parameters["fc_4.w_0"]
        self._output_bias = parameters["fc_4.b_0"].reshape(-1)
        self._embedding = parameters["word_emb"]
        self._slots = np.full(len(self._embedding), -1, dtype=np.intp)
        self._projected = np.empty((2, 0, _GATES), dtype=np.float32)

    def emissions(self, batch: Batch) -> Floats:
        """Return the scores of all tags at each packed place of ``batch``, shape (places, tags)."""
        slots = self._slots_of(batch.characters)
        backward = slots[batch.mirror]
        projected = self._projected

        def first(low: int, high: int) -> Floats:
            return np.stack([projected[0][slots[low:high]], projected[1][backward[low:high]]])

        hidden = self._layer(0, batch, first)
        mirrored = hidden[batch.mirror]
        weights, bias = self._inputs[1], self._biases[1][:, None]

        def second(low: int, high: int) -> Floats:
            both: Floats = np.matmul(np.stack([hidden[low:high], mirrored[low:high]]), weights)
            both += bias
            return both

        scores: Floats = self._layer(1, batch, second) @ self._output
        scores += self._output_bias
        return scores

    def _slots_of(self, characters: Indices) -> Indices:
        """Where the projections of the characters stand; those not met yet are computed now."""
        slots = self._slots[characters]
        if (slots < 0).any():
            new = np.unique(characters[slots < 0])
            self._slots[new] = self._projected.shape[1] + np.arange(len(new))
            fresh = np.matmul(self._embedding[new], self._inputs[0]) + self._biases[0][:, None]
            self._projected = np.concatenate([self._projected, fresh], axis=1)
            slots = self._slots[characters]
        return slots

    def _layer(self, layer: int, batch: Batch, inputs: Callable[[int, int], Floats]) -> Floats:
        """Run both directions of one layer; ``inputs`` gives the gate inputs of a step. Returns (places, 2 * HIDDEN)."""
        gate_weights, candidate_weights = self._gates[layer], self._candidates[layer]
        state = np.zeros((2, batch.counts[0], HIDDEN), dtype=np.float32)
        states = np.empty((2, int(batch.offsets[-1]), HIDDEN), dtype=np.float32)
        low = 0
        for count in batch.counts:
            high = low + count
            state = state[:, :count]
            given = inputs(low, high)
            gates = np.matmul(state, gate_weights)
            gates += given[:, :, : 2 * HIDDEN]
            np.exp(gates, out=gates)
            gates += 1
            np.reciprocal(gates, out=gates)
            reset = gates[:, :, HIDDEN:]
            reset *= state
            new = np.matmul(reset, candidate_weights)
            new += given[:, :, 2 * HIDDEN :]
            np.tanh(new, out=new)
            # (1 - update) * state + update * new, in place.
            new -= state
            new *= gates[:, :, :HIDDEN]
            new += state
            state = new
            states[:, low:high] = state
            low = high
        joined: Floats = np.concatenate([states[0], states[1][batch.mirror]], axis=1)
        return joined
