"""Whether a document still serves the clients generated from an older one."""
