"""What the tree promises of itself, checked: layers, folder shapes, sizes, docstrings."""
