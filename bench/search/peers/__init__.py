"""Engines that run in Python, each by itself in an environment of its own: JSON in, JSON out."""
