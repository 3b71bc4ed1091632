"""Where the canvas looks, and what keys, mouse and fingers do there."""
