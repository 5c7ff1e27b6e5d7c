"""What is known of the web pages and pictures to which messages link: Open Graph data, sizes of pictures.

A link is looked at when a message with it is written, never when one is read.
"""
