"""Local mode: what the administrator of the machine may do over the Unix socket, without an account.

Here is only which operations are served there. The socket is `net.local_socket`, who the caller is
`identity.sessions.types.LOCAL_CALLER`, and what each operation does its own feature's.
"""
