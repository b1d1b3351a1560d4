"""What to do next, and when at the earliest."""
