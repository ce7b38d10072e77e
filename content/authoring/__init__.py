"""Source files: read, checked, edited, compared with the ledger and published."""
