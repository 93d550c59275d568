"""Times: dates, periods, clock times and lengths, found and resolved; the date of a document."""

from ecomlink_nlp.tag.times.document_date import infer_document_date
from ecomlink_nlp.tag.times.find import find_times

__all__ = ["find_times", "infer_document_date"]
