"""Schemas of everything that faqts reads, stores and serves. Depends only on marshmallow."""
