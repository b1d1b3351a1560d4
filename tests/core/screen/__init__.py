"""Tests of core.screen."""
