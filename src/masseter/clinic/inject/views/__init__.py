"""The pages of the treatment, one screen a file."""
