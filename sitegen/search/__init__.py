"""The search index over the rendered pages."""
