"""What Masseter knows, how it is read and what is refused."""
