"""Tests of core.consult."""
