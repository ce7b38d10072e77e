"""The commands that need the application or the contract."""
