"""Version 1 of the API: each path with its declaration beside the function that answers it."""
