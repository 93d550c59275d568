"""Network and decoder together, as one object that turns sentences into tags."""

from functools import cache

from threadpoolctl import ThreadpoolController

from ecomlink_nlp.tag.neural.batch import pack
from ecomlink_nlp.tag.neural.decoder import Decoder
from ecomlink_nlp.tag.neural.network import Network
from ecomlink_nlp.tag.neural.weights import Weights, shipped_weights


class Model:
    """LAC-small with its dictionaries."""

    def __init__(self, weights: Weights) -> None:
        self._characters = weights.characters
        self._unknown = weights.unknown
        self._names = weights.tags
        self._network = Network(weights)
        self._decoder = Decoder(weights)
        self._threads = ThreadpoolController()

    def tags(self, sentences: list[str]) -> list[list[str]]:
        """Return one tag a character (``PER-B``, ``PER-I``, ``v-B``, …).

        The sentences are one batch: normalised, sorted by length, longest first, none empty.

        >>> shipped_model().tags(["广州的"])
        [['LOC-B', 'LOC-I', 'u-B']]
        """
        number = self._characters.get
        batch = pack([[number(character, self._unknown) for character in sentence] for sentence in sentences])
        # The matrices are small: on a busy machine the library's threads wait for each other ten times as long as they work.
        with self._threads.limit(limits=1, user_api="blas"):
            rows = self._decoder.decode(batch, self._network.emissions(batch))
        return [[self._names[tag] for tag in row.tolist()] for row in rows]


@cache
def shipped_model() -> Model:
    """Return the model with the weights of the installed jieba package, built once a process."""
    return Model(shipped_weights())
