"""Schemas of the built-in kinds of documents, one per module."""
