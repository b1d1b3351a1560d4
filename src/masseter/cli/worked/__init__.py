"""Worked cases: whole case files with what is told about them and what the commands must answer."""
