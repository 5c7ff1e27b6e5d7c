"""Other releases of the server. Nothing is sold and nothing is downloaded: the package manager brings new releases."""
