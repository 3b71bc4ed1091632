"""The issues that nodes are discussed in: asked of GitHub where a person allows it, and kept."""
