"""Attribute-based access policies. They need a licence on the reference; without one no policy can be made.

Here the routes check who asks and what they ask, and then say that there is no policy engine.
"""
