"""What rests on what: the graph of all uses, what of it is shown or stands out, and what rests on trust."""
