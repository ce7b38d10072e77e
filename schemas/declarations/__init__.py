"""Kinds of facts that are declared as data, and the collections built from them."""
