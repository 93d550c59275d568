"""Parquet, frames, CoNLL, Prodigy, DocBin and web annotations, read back with the packages that read them."""

import io
import json

import pytest

from ecomlink_nlp import extract
from ecomlink_nlp.record.arrow import arrow_schema, record_rows, records_to_frame, write_parquet
from ecomlink_nlp.record.build import build_record
from ecomlink_nlp.record.corpora import write_conll, write_docbin, write_prodigy
from ecomlink_nlp.record.raw import raw_text
from ecomlink_nlp.record.web_annotation import write_web_annotations
from ecomlink_nlp.text.document import Document
from ecomlink_nlp.text.edits import Alignment

RAW = "Tik Tok在2021年封杀了快手個(gè)链接。\n\n 张勇表示：“抖音有约3亿 用户。”\n𠮷 B站"
LAYERS = ("repairs", "entities", "values", "times")


@pytest.fixture(scope="module")
def record():
    return extract(RAW, date="2022-02", name="a b.txt")


def test_parquet_keeps_every_field_under_one_schema(record):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    for rows in ("claims", "documents", *LAYERS):
        out = io.BytesIO()
        write_parquet([record, record], out, rows)
        table = parquet.read_table(out)
        assert table.schema.equals(arrow_schema(rows))
        assert table.to_pylist() == 2 * list(record_rows([record], rows))
        empty = io.BytesIO()
        write_parquet([], empty, rows)
        assert parquet.read_table(empty).schema.equals(table.schema)


def test_halves_of_characters_do_not_stop_parquet():
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    write_parquet([build_record(Document("", Alignment("快手\ud800")))], io.BytesIO(), "documents")


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames(record, library):
    pytest.importorskip(library, reason=f"{library} is not installed")
    for rows in ("claims", *LAYERS):
        frame = records_to_frame([record], rows, library)
        empty = records_to_frame([], rows, library)
        assert list(frame.columns) == list(empty.columns)
        assert len(frame) == len(getattr(record, rows))
    frame = records_to_frame([record], "entities", library)
    assert [RAW[s:e] for s, e in zip(frame["start"], frame["end"], strict=True)] == list(frame["text"])
    assert str(records_to_frame([], "values", library)["value"].dtype).lower() == "float64"


def test_conll_has_four_columns_and_the_entities(record):
    out = io.StringIO()
    write_conll([record], out)
    lines = [line.split(" ") for line in out.getvalue().split("\n") if line]
    assert all(len(line) == 4 for line in lines)
    found, name = [], ""
    for token, _, _, tag in [*lines[1:], ["", "", "", "O"]]:
        if name and not tag.startswith("I-"):
            found.append(name)
            name = ""
        if tag != "O":
            name += token
    assert found == [entity.text.replace(" ", "") for entity in record.entities]
    sentences = out.getvalue().strip("\n").split("\n\n")
    assert len(sentences) >= 4
    assert "".join(line[0] for line in lines[1:]) == "".join(raw_text(record).split())


def test_spacy_reads_the_conll_columns(record):
    from spacy.training.converters import conll_ner_to_docs

    write_conll([record], out := io.StringIO())
    [*docs] = conll_ner_to_docs(out.getvalue(), n_sents=1, no_print=True)
    found = [("".join(token.text for token in ent), ent.label_) for doc in docs for ent in doc.ents]
    assert found == [(entity.text.replace(" ", ""), entity.type) for entity in record.entities]


def test_prodigy_spans_fit_their_tokens(record):
    out = io.StringIO()
    write_prodigy([record], out)
    task = json.loads(out.getvalue())
    assert task["text"] == RAW
    assert len(task["spans"]) == len(record.entities) + len(record.values) + len(record.times)
    for span in task["spans"]:
        first, last = task["tokens"][span["token_start"]], task["tokens"][span["token_end"]]
        assert (first["start"], last["end"]) == (span["start"], span["end"])


def test_docbin_opens_in_spacy(record):
    import spacy
    from spacy.tokens import DocBin

    out = io.BytesIO()
    write_docbin([record], out)
    [doc] = DocBin().from_bytes(out.getvalue()).get_docs(spacy.blank("zh").vocab)
    assert doc.text == record.text
    assert [(e.start_char, e.end_char, e.label_, e.kb_id_, e.id_) for e in doc.ents] == [
        (e.norm_start, e.norm_end, e.type, e.id or "", e.name) for e in record.entities
    ]
    assert [span.label_ for span in doc.spans["values"]] == [value.type for value in record.values]
    assert json.loads(doc.user_data["ecomlink_record"]) == record.model_dump(mode="json")


def test_web_annotations_select_what_they_quote(record):
    out = io.StringIO()
    write_web_annotations([record], out)
    page = json.loads(out.getvalue())
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    ids = [item["id"] for item in page["items"]]
    assert len(set(ids)) == len(ids) == sum(len(getattr(record, layer)) for layer in (*LAYERS, "claims"))
    for item in page["items"]:
        for target in item["target"] if isinstance(item["target"], list) else [item["target"]]:
            text, place = target["selector"]
            assert text["exact"] == RAW[place["start"] : place["end"]]
            assert text["prefix"] + text["exact"] + text["suffix"] in RAW
            assert target["source"] == "a%20b.txt"
    write_web_annotations([], empty := io.StringIO())
    assert json.loads(empty.getvalue())["items"] == []
