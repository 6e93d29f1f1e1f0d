"""The text of the files that an import makes."""

from collections.abc import Iterable

from sitegen.scaffold.scalars import name_list, quoted

TODO_SUMMARY = "TODO: one or two sentences that say what this page is about."


def file_text(lines: Iterable[str], body: str = "") -> str:
    """Return a content file of these lines of front matter and this body."""
    text = "\n".join(line for line in lines if line)
    return f"---\n{text}\n---\n" + (f"\n{body.strip()}\n" if body.strip() else "")


def text_line(key: str, value: str) -> str:
    """Return a line of front matter, or nothing where there is no value."""
    return f"{key}: {quoted(value)}" if value else ""


def plain_line(key: str, value: str) -> str:
    """Return a line whose value needs no quotation marks, or nothing: a day, `true`."""
    return f"{key}: {value}" if value else ""


def list_line(key: str, names: Iterable[str]) -> str:
    """Return a list on one line, or nothing where it is empty."""
    listed = list(names)
    return f"{key}: {name_list(listed)}" if listed else ""


def texts_line(key: str, texts: Iterable[str]) -> str:
    """Return a list of texts on one line, or nothing where it is empty."""
    listed = [quoted(each) for each in texts]
    return f"{key}: [{', '.join(listed)}]" if listed else ""


def source_text(title: str, publisher: str, url: str) -> str:
    """Return the record of an outside link: what is known of it, and what is not."""
    return file_text(
        [
            text_line("title", title),
            "described: true # the words of the link; put the real title in their place",
            text_line("publisher", publisher),
            "published: unknown",
            text_line("url", url),
        ]
    )


def topic_text(title: str, summary: str, body: str = "") -> str:
    """Return a topic."""
    return file_text([text_line("title", title), text_line("summary", summary)], body)


def author_text(title: str) -> str:
    """Return an author."""
    return file_text([text_line("name", title)])
