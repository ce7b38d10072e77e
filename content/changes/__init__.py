"""Differences between releases, and what each one asks an administrator to do."""
