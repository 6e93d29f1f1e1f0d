"""What a page's HTML holds besides its text: citations, references, headings, anchors."""

from msgspec import Struct

from sitegen.load.dated_words import PendingDate
from sitegen.model.document import Citation, Heading, Reference


class OutsideImage(Struct, frozen=True, kw_only=True):
    """An image that would make readers' browsers call another site."""

    src: str


class PageContents:
    """What is found in the fragments of one page in reading order; the lists grow with each."""

    def __init__(self) -> None:
        self.citations: list[Citation] = []
        self.citation_raws: list[str] = []
        """The raw text of each citation, for finding its place."""
        self.references: list[Reference] = []
        self.reference_raws: list[str] = []
        """The text of each reference that stands in the file."""
        self.dated: list[PendingDate] = []
        self.dated_texts: list[str] = []
        """The plain text of each of them."""
        self.headings: list[Heading] = []
        self.anchors: list[str] = []
        self.outside_images: list[OutsideImage] = []
        self.outside: dict[str, None] = {}
        """The http and https addresses that are linked to, in the order of their first use."""
        self.cited_in_links: list[int] = []
        """The number of each citation that stands inside a link."""
        self.leftovers: list[str] = []
        """Text that looks like a citation or a link by slug and was read as neither."""
