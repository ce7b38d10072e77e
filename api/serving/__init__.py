"""What requests are answered from: the newest releases, the day, and cached responses."""
