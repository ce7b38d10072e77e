"""Answers in formats other than JSON, one module per format."""
