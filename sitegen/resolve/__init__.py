"""Joins documents into a site: every name, address and reference gets its owner."""
