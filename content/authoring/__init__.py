"""Check, edit, compare, publish and revert source files."""
