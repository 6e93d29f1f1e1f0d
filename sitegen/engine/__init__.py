"""How work is run: cache, processes, locks and time limits; knows nothing of pages."""
