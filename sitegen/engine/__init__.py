"""How work is run; knows nothing of pages. The cache and the process pool belong here."""
