"""Measures the main kinds of page with Lighthouse: `make audit` writes docs/audit.md."""
