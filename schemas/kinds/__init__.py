"""The kinds of documents, one module for each."""
