"""Runs Python-Markdown's own tests with the faster one in its place, and compares each text.

A program of its own: it is started in the folder of a source distribution, and prints JSON.
"""

import copy
import json
import sys
import unittest
import warnings
from typing import Any

import markdown

from sitegen.fast_markdown import FastMarkdown

Stock = markdown.Markdown
differing: list[str] = []
compared: list[str] = []


class Both(FastMarkdown):
    """Converts by both."""

    def __init__(self, **options: Any) -> None:
        try:
            self.twin: Any = Stock(**copy.deepcopy(options))
        except Exception:  # noqa: BLE001 - what can't be made twice is not compared
            self.twin = None
        super().__init__(**options)

    def reset(self) -> Any:
        if self.twin is not None:
            self.twin.reset()
        return super().reset()

    def convert(self, source: str) -> str:
        output = super().convert(source)
        # A test may change what it has made in ways the twin does not know of.
        if self.twin is not None and is_untouched(self, self.twin):
            compared.append(source)
            expected = self.twin.convert(source)
            if expected != output:
                differing.append(f"{source!r}: {expected!r} is not {output!r}")
        else:
            self.twin = None
        return output


def is_untouched(one: Any, other: Any) -> bool:
    names = ("preprocessors", "inlinePatterns", "treeprocessors", "postprocessors")
    return all(
        getattr(one, name)._priority == getattr(other, name)._priority for name in names
    ) and (one.stripTopLevelTags, one.ESCAPED_CHARS, one.block_level_elements, one.tab_length) == (
        other.stripTopLevelTags,
        other.ESCAPED_CHARS,
        other.block_level_elements,
        other.tab_length,
    )


def main(chosen: str) -> None:
    if chosen == "fast":
        markdown.Markdown = markdown.core.Markdown = Both  # type: ignore[misc]
    sys.path.insert(0, ".")
    warnings.simplefilter("ignore")
    suite = unittest.defaultTestLoader.discover("tests", top_level_dir=".")
    result = unittest.TextTestRunner(stream=sys.stderr, verbosity=0).run(suite)
    failed = sorted(str(test) for test, _ in [*result.failures, *result.errors])
    traces = [trace for _, trace in [*result.failures, *result.errors]]
    summary = {
        "run": result.testsRun,
        "failed": failed,
        "traces": traces[:5],
        "compared": len(compared),
        "differing": differing[:5],
    }
    print(json.dumps(summary))


if __name__ == "__main__":
    main(sys.argv[1])
