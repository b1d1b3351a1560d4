"""Tests of core.recover."""
