"""The computation of the neural tagger, against a slow and plain one of the same network."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ecomlink_nlp.errors import ResourceError
from ecomlink_nlp.tag.neural.batch import pack
from ecomlink_nlp.tag.neural.model import shipped_model
from ecomlink_nlp.tag.neural.network import Network
from ecomlink_nlp.tag.neural.tagger import normalise, tag_names
from ecomlink_nlp.tag.neural.weights import HIDDEN, Floats, read_parameter, read_weights, shipped_weights

SENTENCES = ["店主秦牧野在义乌开店,生意不错", "据新华社报道", "今年的销售额增长了46%,客单价也涨了"]


def plain_direction(inputs: Floats, recurrent: Floats, order: range) -> Floats:
    """One direction of one layer, a step at a time."""
    flat = recurrent.reshape(-1)
    gates = flat[: 2 * HIDDEN * HIDDEN].reshape(HIDDEN, 2 * HIDDEN)
    candidate = flat[2 * HIDDEN * HIDDEN :].reshape(HIDDEN, HIDDEN)
    state = np.zeros(HIDDEN, dtype=np.float32)
    states = np.empty((len(inputs), HIDDEN), dtype=np.float32)
    for step in order:
        both = 1 / (1 + np.exp(-(inputs[step, : 2 * HIDDEN] + state @ gates)))
        update, reset = both[:HIDDEN], both[HIDDEN:]
        new = np.tanh(inputs[step, 2 * HIDDEN :] + (reset * state) @ candidate)
        state = (1 - update) * state + update * new
        states[step] = state
    return states


def plain_emissions(numbers: list[int]) -> Floats:
    parameters = shipped_weights().parameters
    values = parameters["word_emb"][numbers]
    forward, backward = range(len(numbers)), range(len(numbers) - 1, -1, -1)
    for layer in (0, 1):
        sides = []
        for k, order in ((2 * layer, forward), (2 * layer + 1, backward)):
            inputs = (
                values @ parameters[f"fc_{k}.w_0"]
                + parameters[f"fc_{k}.b_0"]
                + parameters[f"gru_{k}.b_0"].reshape(-1)
            )
            sides.append(plain_direction(inputs, parameters[f"gru_{k}.w_0"], order))
        values = np.concatenate(sides, axis=1)
    scores: Floats = values @ parameters["fc_4.w_0"] + parameters["fc_4.b_0"]
    return scores


def numbers_of(sentence: str) -> list[int]:
    weights = shipped_weights()
    return [weights.characters.get(character, weights.unknown) for character in sentence]


def test_emissions_equal_those_of_the_plain_computation() -> None:
    rows = sorted((numbers_of(sentence) for sentence in SENTENCES), key=len, reverse=True)
    batch = pack(rows)
    scores = Network(shipped_weights()).emissions(batch)
    for at, row in enumerate(rows):
        own = [scores[batch.offsets[step] + at] for step in range(len(row))]
        np.testing.assert_allclose(own, plain_emissions(row), atol=1e-3)


def test_decoder_finds_the_best_sequence() -> None:
    weights = shipped_weights()
    start, end, transitions = np.split(weights.parameters["crfw"], [1, 2])
    for sentence in SENTENCES:
        scores = plain_emissions(numbers_of(sentence))
        best, back = start[0] + scores[0], []
        for row in scores[1:]:
            paths = best[:, None] + transitions
            back.append(paths.argmax(axis=0))
            best = paths.max(axis=0) + row
        tags = [int((best + end[0]).argmax())]
        for pointers in reversed(back):
            tags.append(int(pointers[tags[-1]]))
        assert shipped_model().tags([sentence]) == [[weights.tags[tag] for tag in reversed(tags)]]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text("店主秦牧野在义乌说,a１。\U00020000 ", max_size=30), max_size=6))
def test_result_does_not_depend_on_the_batch(sentences: list[str]) -> None:
    together = tag_names(sentences)
    assert together == [tag_names([sentence])[0] for sentence in sentences]
    for sentence, names in zip(sentences, together, strict=True):
        assert all(0 <= name.start < name.end <= len(sentence) for name in names)


@given(st.text(max_size=50))
def test_normalising_keeps_the_length(text: str) -> None:
    assert len(normalise(text)) == len(text)


def test_very_long_stretches_are_read_in_pieces() -> None:
    text = "没有标点" * 200 + "店主秦牧野说"
    assert [text[name.start : name.end] for name in tag_names([text])[0]][-1] == "秦牧野"


def test_missing_and_damaged_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match="jieba"):
        read_weights(tmp_path)
    damaged = tmp_path / "fc_0.w_0"
    damaged.write_bytes(b"\0" * 10)
    with pytest.raises(ResourceError, match="fc_0"):
        read_parameter(damaged)
