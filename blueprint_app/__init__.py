"""Blueprint Explorer: read, see and follow a Lean blueprint."""

__version__ = "0.1.0"
