"""The contract: what each operation says of itself, and the document built from it."""
