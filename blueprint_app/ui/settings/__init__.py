"""What a person has set, and the dialog for it."""
