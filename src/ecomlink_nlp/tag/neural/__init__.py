"""Names of people, places and organisations that no list holds, from a small neural tagger.

The model is LAC-small of Baidu's "Lexical Analysis of Chinese" (https://github.com/baidu/lac, Apache License 2.0; Z. Jiao, S. Sun,
K. Sun, arXiv:1807.01882). Its weights are not part of this package: they come with the jieba 0.42.1 wheel, in
``jieba/lac_small/``, and are read from there. The computation is written anew in numpy; jieba's own needs PaddlePaddle.

The model knows newspapers, not e-commerce brands. So the knowledge base and the patterns go first, only sentences with a cue
are tagged at all, and of what the tagger finds only those names are let in that the words around them confirm.
"""

from ecomlink_nlp.tag.neural.candidates import with_open_names
from ecomlink_nlp.tag.neural.tagger import TaggedName, tag_names

__all__ = ["TaggedName", "tag_names", "with_open_names"]
