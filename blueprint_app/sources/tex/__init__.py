"""TeX as a language: characters to tokens, macros, conditionals. Knows nothing of blueprints."""
