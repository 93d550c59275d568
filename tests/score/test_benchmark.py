"""The texts that the benchmark measures on."""

from ecomlink_nlp.score.benchmark import run_benchmark, varied_texts

SOURCES = ["快手在2021年断开外链。淘宝没有回应!", "平台增长了35%。\n“商家很高兴。”"]


def test_texts_are_seeded_varied_and_of_the_length_asked_for():
    texts = list(varied_texts(SOURCES, 500, 20))
    assert texts == list(varied_texts(SOURCES, 500, 20))
    assert {len(text) for text in texts} == {500}
    assert len(set(texts)) == 20
    assert texts != list(varied_texts(SOURCES, 500, 20, seed=2))


def test_a_small_run_has_all_figures():
    result = run_benchmark(SOURCES, None, list, size=20_000)
    assert result["texts"]["bytes"] >= 20_000
    assert set(result["stages"]) == {"repair", "entities", "times", "values", "claims", "record", "all"}
    assert [row["jobs"] for row in result["by_jobs"]] == [1, 2]
    assert result["by_count"][-1]["documents"] == 40
    assert 0 < result["latency"]["p50_ms"] <= result["latency"]["p99_ms"]
    assert result["naive"]["ratio"] > 0
