"""Tests of core.follow_up."""
