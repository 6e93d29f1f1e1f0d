"""The content security policy of pages (w3.org/TR/CSP3): nothing inline, nothing from elsewhere.

It goes into a `meta` element, as GitHub Pages sets no headers; `frame-ancestors`, `report-uri` and
`sandbox` have no force there. JSON-LD is a data block, which is not executed and needs no leave
(HTML, 4.12.1.1).
"""

_DIRECTIVES = (
    # Scripts, styles, fonts, requests, workers and media fall back on it (CSP3, 6.1).
    ("default-src", "'self'"),
    # A style sheet may hold small pictures as data: addresses; they can do nothing but be seen.
    ("img-src", "'self' data:"),
    ("object-src", "'none'"),
    ("frame-src", "'none'"),
    ("base-uri", "'none'"),
    ("form-action", "'self'"),
)


CONTENT_SECURITY_POLICY = "; ".join(f"{name} {sources}" for name, sources in _DIRECTIVES)
