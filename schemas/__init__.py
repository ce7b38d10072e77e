"""Schemas of everything that faqts reads, stores and serves, based only on marshmallow."""
