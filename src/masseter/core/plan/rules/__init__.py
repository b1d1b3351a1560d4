"""The rules of the plan's check, by what they look at; each gives all its findings."""
