"""How far the project is, how it came there, and who wrote it: the view for those who lead one."""
