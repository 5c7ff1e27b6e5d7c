"""Changing posts: replacing, patching, the versions that this leaves behind, and the way back to one."""
