"""A project's own past, read from git's objects: nothing is checked out, fetched or written."""
