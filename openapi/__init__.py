"""The contract: what each operation declares, and the document built from it."""
