"""Scores: gold files, the scorer, and the benchmark."""
