"""Users that behave like people, against any Mattermost-compatible server. Run with `python -m bench.load`.

`model` holds how people behave, as data; `actions` what each action asks of the server, `person` what a user knows;
`socket` and `locustfile` make locust users of them. `installation` makes the accounts, `processes` reads what the
server uses, `verdict` says whether that many users are supported. Only `socket` and `locustfile` run inside locust,
where gevent has replaced the sockets: Trio cannot run there, hence a plain WebSocket client.
"""
