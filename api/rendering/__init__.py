"""What every page for people is drawn with: templates, the files it loads, and its policy."""
