"""Profile fields that an administrator defines: declared, and refused until the feature is built.

The reference serves them to licensed servers only; unlicensed it answers as here.
"""
