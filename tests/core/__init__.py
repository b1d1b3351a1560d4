"""Tests of what Masseter decides."""
