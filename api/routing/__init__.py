"""Routing: parse the query, call the view, and suggest paths and values for typos."""
