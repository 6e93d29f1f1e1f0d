"""The static search index: words, postings, chunks and records of what can be found.

`docs/search.md` says what stands in each file. The client that reads them lives in
`templates/assets/search-*.js`.
"""

INDEX_FOLDER = "search-index"
"""The folder of the index below output/."""
