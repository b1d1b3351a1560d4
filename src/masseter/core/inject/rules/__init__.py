"""The rules of the treatment's check, by what they look at; each gives all its findings."""
