"""The server: workers and what they share."""
