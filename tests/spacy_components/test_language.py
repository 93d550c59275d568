"""The spaCy pipeline: what it gives, and that it survives everything spaCy does with pipelines and Docs."""

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

import ecomlink_nlp as ecom
from ecomlink_nlp.errors import EcomlinkError, ReadError, ResourceError
from ecomlink_nlp.record.models import DocumentRecord
from ecomlink_nlp.text.sentences import sentence_spans

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
TEXT = "2022年3月1日起,快手電商切断了淘寶聯盟的鏈接，平臺(tái)日活达到3.2亿。&nbsp;微信表示：“没有屏蔽。”"
ROWS = "id\ttype\tname\taliases\nwandian\tPLATFORM\t玩点铺\t玩店铺\n"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return ecom.load()


@pytest.fixture(scope="module")
def expected() -> DocumentRecord:
    return ecom.extract(TEXT)


def everything(doc: Doc) -> tuple[object, ...]:
    """All that a user sees of a Doc."""
    spans = [
        [(s.start_char, s.end_char, s.label_, s.kb_id_, s._.canonical, s._.value, s._.time) for s in group]
        for group in (doc.ents, doc.spans["times"], doc.spans["values"])
    ]
    return (
        [t.text_with_ws for t in doc],
        [s.text for s in doc.sents],
        spans,
        doc._.record,
        doc._.raw_text,
        doc._.date,
    )


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_doc_gives_the_record_of_the_library(nlp: Language, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    doc, record = nlp(text), ecom.extract(text)
    assert doc.text == record.text
    assert doc._.record == record
    assert [(e.start_char, e.end_char, e.label_, e._.canonical) for e in doc.ents] == [
        (e.norm_start, e.norm_end, e.type, e.name) for e in record.entities
    ]
    for group, found in (("times", record.times), ("values", record.values)):
        assert [(s.start_char, s.end_char, s.label_) for s in doc.spans[group]] == [
            (f.norm_start, f.norm_end, f.type) for f in found
        ]


def test_sentences_begin_where_ours_do(nlp: Language) -> None:
    doc = nlp(SEEDS[0].read_text(encoding="utf-8"))
    assert [doc.text[start:end] for start, end in sentence_spans(doc.text)] == [
        s.text.strip() for s in doc.sents
    ]


def test_raw_text_and_repairs_stay_reachable(nlp: Language, expected: DocumentRecord) -> None:
    doc = nlp(TEXT)
    assert doc._.raw_text == TEXT
    assert doc._.repairs == expected.repairs != []
    assert doc._.claims == expected.claims != []
    assert doc.ents[0].kb_id_ == expected.entities[0].id


def test_values_and_times_say_what_they_mean(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [span._.value.value for span in doc.spans["values"]] == [320_000_000]
    assert [span._.time.timex for span in doc.spans["times"]] == ["2022-03-01"]
    assert doc[0:1]._.value is doc[0:1]._.time is None


def test_doc_survives_bytes_and_docbin(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert everything(Doc(Vocab()).from_bytes(doc.to_bytes())) == everything(doc)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    assert everything(next(DocBin().from_bytes(stored).get_docs(Vocab()))) == everything(doc)


def test_pipe_in_two_processes(nlp: Language) -> None:
    texts = [TEXT, "", "微信屏蔽了抖音。"] * 2
    assert [everything(doc) for doc in nlp.pipe(texts, n_process=2, batch_size=2)] == [
        everything(nlp(text)) for text in texts
    ]


def test_disk_bytes_and_config_round_trips(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model")
    expected = everything(nlp(TEXT))
    assert everything(spacy.load(tmp_path / "model")(TEXT)) == expected
    rebuilt = spacy.util.load_model_from_config(nlp.config)
    assert rebuilt.pipe_names == nlp.pipe_names
    assert everything(rebuilt(TEXT)) == expected
    assert everything(rebuilt.from_bytes(nlp.to_bytes())(TEXT)) == expected


def test_own_lexicon_goes_to_disk_with_the_pipeline(tmp_path: Path) -> None:
    lexicon = tmp_path / "own.tsv"
    lexicon.write_text(ROWS, encoding="utf-8")
    nlp = ecom.load(lexicon=lexicon, date="2022-02")
    nlp.to_disk(tmp_path / "model")
    lexicon.unlink()
    for pipeline in (nlp, spacy.load(tmp_path / "model")):
        doc = pipeline("微信屏蔽了玩店铺。")
        assert [(e.text, e._.canonical, e.kb_id_) for e in doc.ents][-1] == ("玩店铺", "玩点铺", "wandian")
        assert (doc._.date, doc._.record.date_source) == ("2022-02", "given")
        assert doc._.claims[0].objects == ["玩点铺"]


def test_wrong_or_missing_lexicon_is_reported(tmp_path: Path) -> None:
    wrong = tmp_path / "own.tsv"
    wrong.write_text("id\ttype\tname\nx\tNONSENSE\t某某\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"own\.tsv"):
        ecom.load(lexicon=wrong)
    with pytest.raises(ResourceError, match="missing"):
        ecom.load(lexicon=tmp_path / "missing.tsv")


def test_date_of_one_document(nlp: Language) -> None:
    by_attribute = nlp.make_doc("9月1日，微信屏蔽了抖音。")
    by_attribute._.date = "2021-09-02"
    given = nlp("9月1日，微信屏蔽了抖音。", component_cfg={"ecomlink_times": {"date": "2021-09-02"}})
    for doc in (nlp(by_attribute), given):
        assert (doc._.claims[0].time, doc._.record.date_source) == ("2021-09-01", "given")
    with pytest.raises(EcomlinkError, match="make_doc"):
        given._.date = "2020"


@pytest.mark.parametrize("name", ["entities", "times", "values", "claims"])
def test_component_alone_takes_the_text_as_it_stands(nlp: Language, name: str) -> None:
    text = "2022年3月1日，快手切断了淘宝联盟的链接，日活达到3.2亿。"
    alone = spacy.blank("zh")
    alone.add_pipe(f"ecomlink_{name}")
    doc, whole = alone(text), nlp(text)
    assert doc.text == doc._.raw_text == text
    found = getattr(doc._.record, name)
    assert found == getattr(whole._.record, name) != []
    assert bool(doc.ents) == (name == "entities")


def test_entities_of_others_stay() -> None:
    mixed = spacy.blank("zh")
    mixed.add_pipe("entity_ruler").add_patterns([{"label": "GOODS", "pattern": p} for p in ("苹果", "抖音")])
    mixed.add_pipe("ecomlink_entities")
    ents = mixed("抖音卖苹果").ents
    assert [(ent.text, ent.label_) for ent in ents] == [("抖音", "PLATFORM"), ("苹果", "GOODS")]


@pytest.mark.parametrize("text", ["", " ", "\n\n  \t", "A  B", "  快手 电商\r\n", "\u202e快手", "😀快手" * 3])
def test_text_is_kept_to_the_character(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == ecom.extract(text).text
    assert doc._.raw_text == text


def test_half_a_surrogate_pair_is_refused(nlp: Language) -> None:
    with pytest.raises(ReadError, match="offset 2"):
        nlp("快手\ud800")


def test_components_declare_what_they_read(nlp: Language) -> None:
    analysis = nlp.analyze_pipes()
    assert not any(analysis["problems"].values())


def test_name_clash_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    from spacy.tokens.underscore import Underscore

    taken = (None, None, lambda _: "theirs", None)
    monkeypatch.setattr(Underscore, "doc_extensions", {"claims": taken})
    with pytest.raises(EcomlinkError, match=r"Doc\._\.claims"):
        ecom.load()
    assert Underscore.doc_extensions == {"claims": taken}
