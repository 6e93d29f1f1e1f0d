"""The content security policy of pages (w3.org/TR/CSP3): nothing inline, nothing from elsewhere.

It goes into a `meta` element, as GitHub Pages sets no headers; `frame-ancestors`, `report-uri` and
`sandbox` have no force there. JSON-LD is a data block, which is not executed and needs no leave
(HTML, 4.12.1.1).
"""

_DIRECTIVES = (
    ("default-src", "'none'"),
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    # A style sheet may hold small pictures as data: addresses; they can do nothing but be seen.
    ("img-src", "'self' data:"),
    ("font-src", "'self'"),
    ("media-src", "'self'"),
    ("connect-src", "'self'"),
    ("worker-src", "'self'"),
    ("manifest-src", "'self'"),
    ("base-uri", "'none'"),
    ("form-action", "'self'"),
)


CONTENT_SECURITY_POLICY = "; ".join(f"{name} {sources}" for name, sources in _DIRECTIVES)
