"""What a blueprint is: frozen values, derived status and graph queries. No Qt, no I/O."""
