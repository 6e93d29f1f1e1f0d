"""Outside links: asked by `sitegen check --external`, remembered in content/links.lock."""
