"""The texts that the benchmark measures on."""

from ecomlink_nlp.score.benchmark import varied_texts

SOURCES = ["快手在2021年断开外链。淘宝没有回应!", "平台增长了35%。\n“商家很高兴。”"]


def test_texts_are_seeded_varied_and_of_the_length_asked_for():
    texts = list(varied_texts(SOURCES, 500, 20))
    assert texts == list(varied_texts(SOURCES, 500, 20))
    assert {len(text) for text in texts} == {500}
    assert len(set(texts)) == 20
    assert texts != list(varied_texts(SOURCES, 500, 20, seed=2))
