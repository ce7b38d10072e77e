"""Tests of the files that editors write."""
