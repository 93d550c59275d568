"""Claims: events, metrics and statements from tagged sentences."""
