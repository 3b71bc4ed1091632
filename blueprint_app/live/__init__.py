"""Watch the folder, decide what to read again, emit one new snapshot."""
