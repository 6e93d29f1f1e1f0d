"""Commits artifacts to output/."""
