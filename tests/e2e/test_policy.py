"""Every kind of page keeps to its content security policy, and asks nothing of other hosts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.browser import served

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "explainers/",
    "explainers/joint-statement-2025/",
    "ja/explainers/joint-statement-2025/",
    "topics/",
    "topics/cyber/",
    "sources/",
    "sources/whitehouse-2025-02-07-joint-leaders-statement/",
    "glossary/",
    "glossary/article-v/",
    "timeline/",
    "authors/desk/",
    "corrections/",
    "about/",
    "search/?q=space",
    "no/such/page/",
)
LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
"""
INJECT = """
() => {
  const script = document.createElement("script");
  script.textContent = "window.broken = true";
  document.body.append(script);
  const styled = document.createElement("p");
  styled.setAttribute("style", "color: red");
  document.body.append(styled);
  const image = new Image();
  image.src = "https://elsewhere.example/x.png";
  document.body.append(image);
}
"""


def test_pages_keep_to_their_policy_and_to_their_own_host(browser: Browser, shipped: Path) -> None:
    context = browser.new_context(reduced_motion="reduce")
    context.add_init_script(LISTEN)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    page.on(
        "console",
        lambda message: (
            troubles.append(f"{page.url}: {message.text}")
            if message.type in ("error", "warning") and "status of 404" not in message.text
            else None
        ),
    )
    page.on(
        "request",
        lambda request: (
            None
            if re.match(r"http://127\.0\.0\.1:|data:|blob:", request.url)
            else troubles.append(f"{page.url} asked {request.url}")
        ),
    )
    # Below the path that 404.html, which is shown at any depth, has its links from.
    with served(shipped / "output", "/alliance-explained/") as address:
        for path in PAGES:
            page.goto(address + path, wait_until="networkidle" if "?q" in path else "load")
            policy = page.locator('meta[http-equiv="Content-Security-Policy"]')
            content = policy.get_attribute("content") or ""
            assert "unsafe-inline" not in content
            assert "unsafe-eval'" not in content.replace("wasm-unsafe-eval'", "")
            page.locator(".theme").click()
            assert page.evaluate("document.documentElement.dataset.theme")
            troubles += [f"{path}: {each}" for each in page.evaluate("violations")]
        page.goto(address)
        assert not troubles
        page.evaluate(INJECT)
        page.wait_for_function("violations.length >= 3")
        blocked = sorted(each.partition(":")[0] for each in page.evaluate("violations"))
        assert blocked == ["img-src", "script-src-elem", "style-src-attr"]
        assert not page.evaluate("window.broken")
    context.close()
