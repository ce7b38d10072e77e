"""Whether a document keeps what an older one promised to those who made clients from it."""
