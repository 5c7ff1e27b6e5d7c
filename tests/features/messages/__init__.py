"""Tests of the messages domain."""
