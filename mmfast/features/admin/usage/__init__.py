"""How much of the server is used, roughly, as every user may know it: posts, bytes of files, teams."""
