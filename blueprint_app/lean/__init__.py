"""What Lean says: project layout, source scan, build records, asking Lean."""
