"""The Autobahn test suite for RFC 6455 against an echo endpoint of our WebSocket code."""
