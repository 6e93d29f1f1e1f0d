"""Python-Markdown, faster: the same extensions, the same output, a fraction of the time."""

from sitegen.fast_markdown.converter import FastMarkdown

__all__ = ["FastMarkdown"]
