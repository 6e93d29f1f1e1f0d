"""Getting sources in: pages and texts from outside, as records and snapshots."""
