"""Groups of users (custom, or from a directory): declared, and refused until the feature is built.

The reference serves them to licensed servers only; unlicensed it answers as here.
"""
