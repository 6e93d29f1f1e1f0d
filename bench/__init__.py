"""Measures sitegen against other site generators on one made-up publication."""
