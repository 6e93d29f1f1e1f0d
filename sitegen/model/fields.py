"""The types of front matter fields: what a scalar may be, for the loader and for the JSON Schemas.

Every scalar is text to YAML here; its field's type says how to read it, so `no` stays a word,
`12:30` stays a time and `2025` may be a title. `extra["scalar"]` names the reader in `load.schema`.
"""

from typing import Annotated

from msgspec import Meta

Text = Annotated[str, Meta(extra={"scalar": "text"}, min_length=1, description="One line of text.")]
Prose = Annotated[
    str, Meta(extra={"scalar": "prose"}, min_length=1, description="Text of one or several lines.")
]
Markdown = Annotated[
    str,
    Meta(
        extra={"scalar": "markdown"},
        min_length=1,
        description="One paragraph of Markdown, with citations and links.",
    ),
]
Moment = Annotated[
    str,
    Meta(
        extra={"scalar": "moment"},
        pattern=r"^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?$",
        description="A day (2025-02-06), or a time with its offset (2025-02-06T14:30+09:00).",
    ),
]
Day = Annotated[
    str,
    Meta(
        extra={"scalar": "day"}, pattern=r"^\d{4}-\d\d-\d\d$", description="A day, as 2025-02-06."
    ),
]
PartialDate = Annotated[
    str,
    Meta(
        extra={"scalar": "partial-date"},
        pattern=r"^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?$",
        description="A day, a month (2025-02) or a year (2025).",
    ),
]
PublishedDate = Annotated[
    str,
    Meta(
        extra={"scalar": "published-date"},
        pattern=r"^(unknown|\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?)$",
        description="A day, a month (2025-02), a year (2025), or `unknown`.",
    ),
]
Url = Annotated[
    str,
    Meta(extra={"scalar": "url"}, pattern="^https?://", description="An http or https address."),
]
Slug = Annotated[
    str,
    Meta(
        extra={"scalar": "slug"},
        description="The last part of an address: letters, digits and hyphens.",
    ),
]
Identifier = Annotated[
    str,
    Meta(
        extra={"scalar": "identifier"},
        min_length=1,
        description="The name of another file of the publication, without `.md`.",
    ),
]
Language = Annotated[
    str,
    Meta(
        extra={"scalar": "language"},
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
        description="A language tag (BCP 47), such as `en` or `ja`.",
    ),
]
Address = Annotated[
    str,
    Meta(
        extra={"scalar": "address"},
        pattern="^/",
        description="A path on this site, starting with `/`.",
    ),
]
FilePath = Annotated[
    str,
    Meta(
        extra={"scalar": "file-path"},
        min_length=1,
        description="A file, relative to the one that names it.",
    ),
]
Days = Annotated[
    int, Meta(extra={"scalar": "days"}, ge=1, le=36500, description="A number of days.")
]
