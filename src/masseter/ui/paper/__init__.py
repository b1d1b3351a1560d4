"""Paper: letters, records and sheets as tagged PDF."""
