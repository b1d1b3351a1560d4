"""The pages of the consultation, one screen a file."""
