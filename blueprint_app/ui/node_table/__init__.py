"""Tables whose rows are nodes: sorted in a job, one line a row, fewer columns where there is little room."""
