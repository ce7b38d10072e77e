"""What pages are rendered with: templates, static files, and the security policy."""
