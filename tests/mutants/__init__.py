"""Breaks the core on purpose, one small change at a time, and counts the changes that no test notices."""
