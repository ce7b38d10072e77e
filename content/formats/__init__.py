"""Formats other than JSON, one module each."""
