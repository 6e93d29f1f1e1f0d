"""Loads content files, one alone at a time: bytes in, documents out."""
