"""Kinds of facts that a content folder declares, and the collections built from them."""
