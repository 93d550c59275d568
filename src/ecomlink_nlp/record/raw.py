"""The raw text of a record, for formats that carry the text with its annotations."""

from ecomlink_nlp.record.models import DocumentRecord


def raw_text(record: DocumentRecord) -> str:
    """Return the text that the record was made from: its repaired text with every repair taken back.

    >>> from ecomlink_nlp.record.build import build_record
    >>> from ecomlink_nlp.text.document import Document
    >>> from ecomlink_nlp.text.edits import Alignment, Edit
    >>> alignment = Alignment("Tik Tok表示")
    >>> alignment.apply([Edit(0, 7, "Tik Tok", "抖音", "mt_brand", "brand")])
    >>> raw_text(build_record(Document("a.txt", alignment)))
    'Tik Tok表示'
    """
    pieces: list[str] = []
    position = 0
    for repair in record.repairs:
        pieces += [record.text[position : repair.norm_start], repair.text]
        position = repair.norm_end
    return "".join(pieces) + record.text[position:]
