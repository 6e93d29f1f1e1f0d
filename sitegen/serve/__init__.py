"""The preview server: builds, serves the output under its base path, and reloads on save."""

from sitegen.serve.server import DEFAULT_PORT, serve

__all__ = ["DEFAULT_PORT", "serve"]
