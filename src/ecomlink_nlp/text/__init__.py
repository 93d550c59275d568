"""Text and where it came from: reading bytes, edits with their alignment, sentences, the document."""
