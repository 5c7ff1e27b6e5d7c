"""The packet of logs and settings for the vendor's support: refused, as by any server without a support contract."""
