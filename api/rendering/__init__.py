"""Rendering of pages: templates, static files and security policies."""
