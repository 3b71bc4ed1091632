"""From a project folder on disk to a Blueprint value, one sub-package a format."""
