"""ecomlink-nlp: trustworthy, traceable claims out of damaged Chinese e-commerce text."""
