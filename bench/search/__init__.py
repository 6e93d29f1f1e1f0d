"""Measures how well sitegen's search finds, and what it costs, beside other engines."""
