"""A scene becomes pictures, in slices, however large it is."""
