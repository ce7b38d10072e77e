"""HTTP: requests, representations, negotiation, caching and errors."""
