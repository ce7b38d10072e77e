"""What differs between two releases, and what an administrator has to do about each difference."""
