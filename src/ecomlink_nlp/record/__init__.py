"""The document record (pydantic models) and one writer a format."""
