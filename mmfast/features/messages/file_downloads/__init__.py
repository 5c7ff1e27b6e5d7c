"""Gives files out: whole or in part, or not at all where the client has it already."""
