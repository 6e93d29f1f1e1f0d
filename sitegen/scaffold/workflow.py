"""The GitHub Actions workflow that builds a publication and deploys it to GitHub Pages."""

_PINS = {
    "checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "setup-python": ("a309ff8b426b58ec0e2a45f0f869d46889d02405", "v6.2.0"),
    "configure-pages": ("45bfe0192ca1faeb007ade9deae92b16b8254a0d", "v6.0.0"),
    "upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
    "deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
}
"""Commits of GitHub's own actions: a tag can be moved, a commit can't."""


def _action(name: str) -> str:
    commit, version = _PINS[name]
    return f"actions/{name}@{commit} # {version}"


def pages_workflow(install: str, midnight: int = 0) -> str:
    """Return the workflow.

    `install` is what pip is asked to install: `.`, or `--requirement requirements.txt`. `midnight`
    is the hour, in UTC, at which the publication's day begins.

    The base address goes from the Pages settings through an environment variable to the build, so
    no text of theirs is ever read as part of a command.
    """
    return f"""\
# Builds the publication and deploys it to GitHub Pages after every push to main.
# Settings -> Pages -> Build and deployment -> Source must be "GitHub Actions".
name: Pages

on:
  push:
    branches: [main]
  schedule:
    - cron: "7 {midnight} * * *" # as the day begins: scheduled explainers appear, expired ones go
  workflow_dispatch:

permissions: {{}}

concurrency:
  group: pages
  cancel-in-progress: false # a deployment that has begun is let finish

jobs:
  build:
    name: Build
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read # for checkout
      pages: read # for configure-pages, which tells the site's address
    steps:
      - uses: {_action("checkout")}
        with:
          persist-credentials: false
      - uses: {_action("setup-python")}
        with:
          python-version: "3.13"
      - name: Install sitegen
        run: python -m pip install {install}
      - id: pages
        uses: {_action("configure-pages")}
      - name: Hold what is published against the ledger
        run: |
          sitegen ledger
          git diff --quiet -- content/ledger.json ||
            echo "::warning file=content/ledger.json::run 'sitegen ledger' and commit it"
      - name: Build output/
        env:
          BASE_URL: ${{{{ steps.pages.outputs.base_url }}}}
        run: sitegen build --base-url "$BASE_URL"
      - uses: {_action("upload-pages-artifact")}
        with:
          path: output

  deploy:
    name: Deploy
    needs: build
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      pages: write # to deploy
      id-token: write # lets Pages check where the deployment comes from
    environment:
      name: github-pages
      url: ${{{{ steps.deployment.outputs.page_url }}}}
    steps:
      - id: deployment
        uses: {_action("deploy-pages")}

  ledger:
    name: Commit the ledger
    if: vars.COMMIT_LEDGER == 'true' # Settings -> Secrets and variables -> Actions -> Variables
    needs: deploy
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: write # to commit content/ledger.json; only where somebody has asked for it
    steps:
      - uses: {_action("checkout")}
      - uses: {_action("setup-python")}
        with:
          python-version: "3.13"
      - name: Install sitegen
        run: python -m pip install {install}
      - name: Record what was published
        run: |
          sitegen ledger
          git add content/ledger.json
          git diff --cached --quiet && exit 0
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git commit --message "Record what was published"
          git push
"""
