"""A static site generator for policy explainers: every claim with its source."""

__version__ = "0.1.0"
