"""Releases: reading, verifying and replaying them."""
