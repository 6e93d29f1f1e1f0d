"""GitHub Pages: what it takes, and what it refuses."""
