"""What the preview server adds to a page on its way to the browser; files stay as they are.

Everything added is loaded from the server's own address, never inline, so that a page whose
Content-Security-Policy allows only its own origin is previewed under that policy.
"""

import re
from html import escape
from urllib.parse import quote

from sitegen.serve.outcome import Failure

RELOAD_SCRIPT = "/livereload.js"
OVERLAY_STYLE = "/livereload.css"
BAR_SCRIPT = "/livereload-bar.js"
BAR_STYLE = "/livereload-bar.css"
RECONNECT_AFTER_AT_MOST = 4_000
"""Milliseconds until a page looks again for a server that was stopped."""

_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_BODY_END = re.compile(rb"</body\s*>", re.IGNORECASE)

OVERLAY_CSS = """\
#sitegen-problem, #sitegen-problem * { all: revert; }
#sitegen-problem {
  position: fixed; z-index: 2147483647; inset: auto 0 0 0; box-sizing: border-box;
  max-height: 70vh; overflow: auto; overscroll-behavior: contain; padding: 0 1rem;
  border-top: 4px solid #c8102e; background: #fff; color: #1a1a1a; color-scheme: light;
  font: 15px/1.5 system-ui, sans-serif; text-align: left;
}
#sitegen-problem:not([open]) { inset: auto 0 0 auto; border-left: 4px solid #c8102e; }
#sitegen-problem summary { padding: .5rem 0; cursor: pointer; }
#sitegen-problem summary strong { color: #a00d24; }
#sitegen-problem:not([open]) summary span { display: none; }
#sitegen-problem pre {
  margin: 0 0 1rem; white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4;
  font: 14px/1.5 ui-monospace, Menlo, Consolas, monospace;
}
@media print { #sitegen-problem { display: none; } }
"""


def with_reload(page: bytes, host: str, port: int, version: str) -> bytes:
    """Return the page with livereload's script, which tells the server the page's `version`.

    livereload.js reads its options from its own address (`Options.extract`) and sends `snipver`
    back in its greeting. `host` has no port.
    """
    query = (
        f"host={quote(host, safe='[]:')}&port={port}&snipver={quote(version)}"
        f"&maxdelay={RECONNECT_AFTER_AT_MOST}"
    )
    # The head comes first: a template half written, with a comment left open in its body, must
    # still reload when it is mended.
    return _into_head(page, f'<script src="{escape(f"{RELOAD_SCRIPT}?{query}")}" defer></script>')


def with_bar(page: bytes) -> bytes:
    """Return the page with the bar that tells a writer of it, made by its script."""
    return _into_head(
        page,
        f'<link rel="stylesheet" href="{BAR_STYLE}"><script src="{BAR_SCRIPT}" defer></script>',
    )


def _into_head(page: bytes, markup: str) -> bytes:
    head_end = _HEAD_END.search(page)
    at = head_end.start() if head_end else len(page)
    return page[:at] + markup.encode() + page[at:]


def with_overlay(page: bytes, failure: Failure) -> bytes:
    """Return the page with what is wrong shown over its lower edge, at the end of the body."""
    overlay = (
        f'<link rel="stylesheet" href="{OVERLAY_STYLE}">'
        '<details id="sitegen-problem" open>'
        f"<summary><strong>{escape(failure.heading)}</strong> "
        "<span>This is the last good build; the page reloads when the next one is done.</span>"
        f"</summary><pre>{escape(failure.text)}</pre></details>"
    ).encode("utf-8", "replace")
    ends = [match.start() for match in _BODY_END.finditer(page)]
    at = ends[-1] if ends else len(page)
    return page[:at] + overlay + page[at:]


def notice(heading: str, text: str = "") -> bytes:
    """Return a plain page for when there is no page to show."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(heading)}</title></head>"
        f"<body><h1>{escape(heading)}</h1><pre>{escape(text)}</pre></body></html>\n"
    ).encode("utf-8", "replace")
