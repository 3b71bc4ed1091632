"""All that the graph holds as a list, for the keyboard and for people who cannot see a drawing."""
