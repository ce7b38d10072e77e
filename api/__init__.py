"""The edge: requests in, responses out."""
