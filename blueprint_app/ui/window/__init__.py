"""The window itself: its parts, where they stand, and what is shown in them."""
