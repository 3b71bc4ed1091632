"""What is seen before all else: the selected node, what is asked for, and what is proposed."""
