"""The editors' commands."""
