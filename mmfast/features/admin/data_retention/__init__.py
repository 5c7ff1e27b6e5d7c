"""Policies that say how long messages and files are kept, for everybody or for some teams and channels.

Not built yet: no policy can be made, so none applies to any team or channel.
"""
