"""What browsers get outside the API: the client's page, static files, robots.txt."""
