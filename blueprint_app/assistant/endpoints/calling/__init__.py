"""How a call runs: what is sent in either protocol, what comes back, and what may go wrong on the way."""
