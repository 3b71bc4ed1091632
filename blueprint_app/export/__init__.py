"""A snapshot as a file for other programs and for people without the app."""
