"""From a request to a view: the parsed query, the endpoint, and near misses of paths."""
