"""The only place that builds concrete objects and hands them over.

What the first picture does not need is imported where it is used: a window opens before it looks at Lean.
"""
