"""Published releases: read, verified and replayed into documents as of any release."""
