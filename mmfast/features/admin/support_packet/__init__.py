"""The packet of logs and settings that helps others to find out what is wrong with a server.

Over the network it is refused, as by any server without a support contract; over the local socket it is made.
"""
