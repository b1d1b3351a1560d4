"""The pages of the plan, one screen a file."""
