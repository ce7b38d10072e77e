"""What editors such as VS Code complete and check files with."""
