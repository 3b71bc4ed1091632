"""Who wrote what of a project, as git and the records of attempts tell it. Counts, no ranking."""
