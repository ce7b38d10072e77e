"""Check whether a new contract breaks clients that were generated from an older one."""
