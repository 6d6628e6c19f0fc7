"""One noun, one file; each offers a `router`."""
