"""What a person's clients remember on the server: settings, themes, favourites, saved posts, by category and name.

Values are the clients' own text; only themes, the number of direct channels shown and sizes are checked here. What a
preference means elsewhere (a favourite channel's place in the sidebar, whether a saved post may be read) is acted on
by the features above, through the hooks of the service.
"""
