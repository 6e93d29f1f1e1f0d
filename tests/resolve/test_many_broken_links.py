"""A page full of broken links is read once to say where each stands."""

from unittest import mock

from sitegen.build.stored import StoredBodies
from tests.sites import InlineSite


def test_a_body_is_read_once_for_all_that_is_wrong_with_it(site: InlineSite) -> None:
    page = next((site.root / "content/explainers").glob("*.md"))
    page.write_text(page.read_text("utf-8") + "\n" + "[a](nowhere.md) " * 200, "utf-8")
    read = mock.Mock(side_effect=StoredBodies.__getitem__)
    with mock.patch.object(StoredBodies, "__getitem__", lambda *each: read(*each)):  # noqa: PLW0108 - bound like a method
        report = site.build()
    assert not report.published
    assert read.call_count < 20
