"""The files that `sitegen init` and `sitegen new` write: pure functions from names to text."""
