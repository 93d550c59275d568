"""Names by their readings: what the characters tell must be what pypinyin's phrases tell of every shipped name."""

from pypinyin import lazy_pinyin

from ecomlink_nlp.repair.translation.parts import LONGEST_NAME, is_han, party_names
from ecomlink_nlp.repair.translation.read_names import stretches_read


def test_all_names_are_found_by_their_readings_and_by_no_others() -> None:
    expected: dict[str, set[str]] = {}
    for name in party_names():
        if len(name) > LONGEST_NAME or not is_han(name):
            continue
        syllables = lazy_pinyin(name)
        for start in range(len(syllables)):
            for end in range(start + 1, len(syllables) + 1):
                expected.setdefault("".join(syllables[start:end]), set()).add(name[start:end])
    assert {word: stretches_read(word) for word in expected} == {
        word: tuple(sorted(stretches)) for word, stretches in expected.items()
    }
