"""One person's record, put before the response model and told in days and points."""
