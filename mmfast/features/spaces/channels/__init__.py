"""Channels of all kinds: public, private, direct and group.

Here are a channel's own life (made, changed, archived, moved), the permission checks in it, and a team's default
channels. Its members are `channel_members`; direct and group channels are made in `direct_channels`; searching is
`channel_search`; the posts that tell of changes are made by the messages domain, which registers on the hooks in
`events`.
"""
