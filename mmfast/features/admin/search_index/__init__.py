"""An external search engine beside the database's own search. Not built yet: there is none to test or to empty."""
