"""What the server must understand of Markdown: which parts of a message are code, and which are links and pictures.

Not a renderer: clients render.
"""
