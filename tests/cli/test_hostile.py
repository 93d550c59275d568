"""A batch with every kind of bad input: each gets a right record or a clear error, and none harms the others."""

import json
import os
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ecomlink_nlp.cli.commands import app
from ecomlink_nlp.text.edits import Edit, Layer

SENTENCE = "2022年3月1日起,微信屏蔽了抖音的商品链接,这是我们知道的。"
TRADITIONAL = "2022年3月1日起,微信屏蔽了抖音的商品連結,這是我們知道的。"
NOISE = random.Random(1).randbytes(4000)

# name: the bytes, and the error; None means that a record must come out.
FILES: dict[str, tuple[bytes, str | None]] = {
    "empty": (b"", None),
    "spaces": (b" \t\r\n\xe3\x80\x80\n", None),
    "one-character": ("快".encode(), None),
    "one-line": (SENTENCE.encode() * 2000, None),
    "one-word": ("哈".encode() * 60_000, None),
    "digits": (b"9" * 60_000, None),
    "brackets": (b"(" * 30_000 + b")" * 30_000, None),
    "quotes": ("“".encode() * 30_000, None),
    "bidi": (f"\u202e{SENTENCE}\u2066\u200f".encode(), None),
    "zero-width": ("\u200b".join(SENTENCE).encode(), None),
    "combining": (("e" + "\u0301" * 100_000 + SENTENCE).encode(), None),
    "replacements": (("\ufffd" * 50_000 + SENTENCE).encode(), None),
    "controls": (("\x01\x1b[31m\n" + SENTENCE + "\x7f\x85\x1b[0m").encode(), None),
    "line-ends": (f"{SENTENCE}\r{SENTENCE}\r\n{SENTENCE}\u2028{SENTENCE}\n".encode(), None),
    "astral": (("𠮷😀👨‍👩‍👧" * 500 + SENTENCE).encode(), None),
    "mark": (b"\xef\xbb\xbf" + SENTENCE.encode(), None),
    "utf-16": (b"\xff\xfe" + SENTENCE.encode("utf-16-le"), None),
    "gb18030": (SENTENCE.encode("gb18030"), None),
    "big5": (TRADITIONAL.encode("big5"), None),
    "tags": (("<script>alert(1)</script>" * 200 + SENTENCE).encode(), None),
    "formula": (f"=HYPERLINK(1)\n{SENTENCE}".encode(), None),
    "nul": (SENTENCE.encode() + b"\0", "holds NUL bytes"),
    "binary": (NOISE, "holds NUL bytes"),
    "utf-16-without-mark": (SENTENCE.encode("utf-16-le"), "holds NUL bytes"),
    "noise": (NOISE.replace(b"\0", b""), "neither UTF-8"),
    "truncated": (SENTENCE.encode()[:-1], "ends in the middle of a character"),
    "mixed-encodings": (SENTENCE.encode() + SENTENCE.encode("gb18030"), "neither UTF-8"),
    "surrogates": (SENTENCE.encode() + b"\xed\xa0\x80" + SENTENCE.encode(), "neither UTF-8"),
    "euc-kr": ("쿠팡은 한국의 전자상거래 기업이다.".encode("euc_kr"), "neither UTF-8"),
    "html": (f"<!DOCTYPE html><p>{SENTENCE}".encode(), "is an HTML page"),
    "pdf": (b"%PDF-1.7 " + NOISE, "is a PDF"),
}  # fmt: skip
WHOLE_SENTENCE = {
    "one-line", "bidi", "controls", "combining", "replacements", "line-ends", "astral", "mark", "utf-16", "gb18030",
    "big5", "formula",
}  # fmt: skip


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    folder: Path = tmp_path_factory.mktemp("hostile")
    for name, (data, _) in FILES.items():
        (folder / f"{name}.txt").write_bytes(data)
    (folder / "directory.txt").mkdir()
    (folder / "dangling.txt").symlink_to(folder / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    result = CliRunner().invoke(app, ["extract", str(folder), "--emit", "document"])
    records = {record["doc"]: record for record in map(json.loads, result.stdout.split("\n")[:-1])}
    return folder, result, records


def test_the_batch_ends_with_all_good_documents_and_all_bad_ones_named(batch):
    folder, result, records = batch
    good = {f"{name}.txt" for name, (_, error) in FILES.items() if error is None}
    assert set(records) == good
    assert result.exit_code == 1
    assert "internal error" not in result.stderr
    for name, (_, error) in FILES.items():
        if error is not None:
            assert f"{folder / name}.txt: {error}" in result.stderr, name
    assert "dangling.txt: cannot be read: No such file" in result.stderr
    assert "pipe.txt: is no regular file" in result.stderr
    assert f"{len(good)} of {len(FILES) + 2} documents done" in result.stderr


@pytest.mark.parametrize("name", [name for name, (_, error) in FILES.items() if error is None])
def test_a_record_fits_its_text(batch, name):
    record = batch[2][f"{name}.txt"]
    data = FILES[name][0]
    codec = {"gb18030": "gb18030", "big5": "big5", "utf-16": "utf-16"}.get(name, "utf-8-sig")
    raw = data.decode(codec)
    for layer in ("repairs", "entities", "values", "times"):
        assert all(raw[item["start"] : item["end"]] == item["text"] for item in record[layer])
    edits = [
        Edit(r["start"], r["end"], r["text"], r["clean"], r["kind"], r["rule"]) for r in record["repairs"]
    ]
    assert Layer(raw, edits).after == record["text"]
    for claim in record["claims"]:
        assert [raw[start:end] for start, end in claim["evidence"]] == claim["evidence_text"]


@pytest.mark.parametrize("name", sorted(WHOLE_SENTENCE))
def test_the_claim_is_found_all_the_same(batch, name):
    claims = batch[2][f"{name}.txt"]["claims"]
    found = {(c["predicate"], c["subject"], *c["objects"], c["time"]) for c in claims if c["kind"] == "event"}
    assert ("block_link", "微信", "抖音", "2022-03-01") in found


def test_a_hostile_file_name_steers_no_terminal(tmp_path):
    result = CliRunner().invoke(app, ["extract", str(tmp_path / "e\x1b]0;owned\x07vil.txt")])
    assert "e\\x1b]0;owned\\x07vil.txt: cannot be read" in result.stderr
