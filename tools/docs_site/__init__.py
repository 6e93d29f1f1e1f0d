"""docs/ as a site that sitegen builds: the publication made of it, and its own templates."""
