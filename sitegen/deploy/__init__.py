"""Taking a built site to where it is served from: GitHub Pages' limits, and a branch to push."""
