"""Tests of the content API."""
