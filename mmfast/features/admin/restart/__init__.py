"""Starting the server's processes anew from the System Console."""
