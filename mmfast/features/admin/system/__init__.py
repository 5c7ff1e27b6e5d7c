"""Whether the server is well: the ping that clients, load balancers and orchestrators ask."""
