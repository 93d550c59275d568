"""Reads the LAC weights that stand in the installed jieba package, without importing jieba.

Notes for a newcomer. Each parameter is one file in Paddle's old format: a header of 16 bytes (version, level-of-detail
count, version), the length of a description, the description, then float32 values. The description is a protocol buffer
whose field 2 repeats the sizes of the tensor. Beside the parameters lie two dictionaries, ``word.dic`` (number,
character) and ``tag.dic`` (number, tag).
"""

import importlib.util
import struct
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ecomlink_nlp.errors import ResourceError

Floats = NDArray[np.float32]

HIDDEN = 128
LAYERS = 2
_HEADER = 16
_DIMENSION = 2 << 3
# The trained weights hold denormal numbers (a dead unit), with which a processor multiplies many times slower.
_SMALLEST = 1e-30
_UNKNOWN = "OOV"


@dataclass(frozen=True, slots=True)
class Weights:
    """The parameters by name, the numbers of the characters and the tags by number."""

    parameters: dict[str, Floats]
    characters: dict[str, int]
    tags: tuple[str, ...]

    @property
    def unknown(self) -> int:
        """The number that stands for every character without one."""
        return self.characters[_UNKNOWN]


@cache
def shipped_weights() -> Weights:
    """Return the weights of the installed jieba package.

    Raises `ResourceError` where jieba, or the folder of the model in it, is missing or not as expected.

    >>> weights = shipped_weights()
    >>> weights.parameters["crfw"].shape, weights.tags[-2], len(weights.tags)
    ((59, 57), 'TIME-I', 57)
    """
    found = importlib.util.find_spec("jieba")
    if found is None or found.origin is None:
        raise ResourceError(
            "jieba is not installed, whose wheel carries the tagger's weights; install jieba 0.42.1."
        )
    return read_weights(Path(found.origin).parent / "lac_small")


def read_weights(folder: Path) -> Weights:
    """Read the model in ``folder`` (``word.dic``, ``tag.dic``, ``model_baseline/``)."""
    try:
        parameters = {path.name: read_parameter(path) for path in (folder / "model_baseline").iterdir()}
        characters = {name: number for number, name in _dictionary(folder / "word.dic")}
        tags = tuple(name for _, name in sorted(_dictionary(folder / "tag.dic")))
    except OSError as error:
        raise ResourceError(
            f"{folder}: the tagger's weights cannot be read: {error}. Install jieba 0.42.1."
        ) from error
    if (
        _UNKNOWN not in characters
        or "crfw" not in parameters
        or parameters["crfw"].shape != (len(tags) + 2, len(tags))
    ):
        raise ResourceError(f"{folder}: these are not the weights of LAC-small. Install jieba 0.42.1.")
    return Weights(parameters, characters, tags)


def read_parameter(path: Path) -> Floats:
    """Read one parameter file in the shape that its description gives, denormal numbers set to zero."""
    content = path.read_bytes()
    try:
        (length,) = struct.unpack_from("<i", content, _HEADER)
        start = _HEADER + 4 + length
        shape = dimensions(content[_HEADER + 4 : start])
        values = np.frombuffer(content, dtype="<f4", offset=start).reshape(shape)
    except (struct.error, ValueError, IndexError) as error:
        raise ResourceError(
            f"{path}: not a parameter of LAC-small: {error}. Install jieba 0.42.1."
        ) from error
    return np.where(np.abs(values) < _SMALLEST, np.float32(0), values)


def dimensions(description: bytes) -> tuple[int, ...]:
    """Return the sizes in a protocol-buffer description of a tensor: the values of its field 2.

    >>> dimensions(bytes([0x08, 5, 0x10, 0x80, 1, 0x10, 57]))
    (128, 57)
    """
    sizes: list[int] = []
    position = 0
    while position < len(description):
        field, position = _variable_integer(description, position)
        value, position = _variable_integer(description, position)
        if field == _DIMENSION:
            sizes.append(value)
    return tuple(sizes)


def _variable_integer(data: bytes, position: int) -> tuple[int, int]:
    """Read a base-128 integer, low bits first; return it and the position after it."""
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, position


def _dictionary(path: Path) -> list[tuple[int, str]]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n"))
    return [(int(row[0]), row[1]) for row in rows if len(row) == 2]
