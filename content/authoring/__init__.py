"""Source files: checked, edited, compared with the ledger and published."""
