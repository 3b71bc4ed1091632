"""The dialog in which a person says which model servers there are and which model does what."""
