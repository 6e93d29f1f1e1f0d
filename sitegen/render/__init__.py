"""Renders outputs, one view at a time: views in, bytes out."""
