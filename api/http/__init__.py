"""What HTTP needs: request, response body and headers, negotiation, caching, errors."""
