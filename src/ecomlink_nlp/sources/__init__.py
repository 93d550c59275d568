"""Where texts come from: text files, tables (JSONL, CSV, Parquet) and web archives, as a stream of rows.

Notes for a newcomer. `read_source` yields one row a text, in the order of the file and in constant memory. What cannot
be read is a row as well, a `BadRow` that says where and why, so that one bad line costs nobody the rest of the file.
Rows travel to worker processes; a file that is one text is only opened there.
"""

from ecomlink_nlp.sources.reader import read_source
from ecomlink_nlp.sources.rows import BadRow, Columns, SourceRow

__all__ = ["BadRow", "Columns", "SourceRow", "read_source"]
