"""Moderation of channels: what members and guests may do in a single one. It needs a licence on the reference.

Without one its routes say so. The permissions themselves are `identity.roles`.
"""
