"""Moving in: a site of Hugo, Jekyll or MkDocs becomes files of a publication."""
