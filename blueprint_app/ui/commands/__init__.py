"""Everything that a person can do: the table, what each command needs, and the ways to find one."""
