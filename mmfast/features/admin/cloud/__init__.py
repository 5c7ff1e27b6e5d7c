"""Buying and managing a hosted workspace. This server is not sold: no such route finds anything to manage."""
