"""Words: jieba segmentation and the spaCy tokenizer."""
