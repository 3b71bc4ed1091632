"""How far the project is: numbers, bars and tables that lead to their nodes."""
