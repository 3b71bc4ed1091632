"""The view of what can be done next and of what holds the project back, and the claims that people make there."""
