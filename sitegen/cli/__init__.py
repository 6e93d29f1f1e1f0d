"""The command line: arguments in, exit status out; the only package that prints."""
