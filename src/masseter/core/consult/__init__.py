"""Diagnosis by published criteria, and candidacy with all its findings."""
