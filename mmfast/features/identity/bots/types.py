"""What a bot is."""

import msgspec


class Bot(msgspec.Struct, omit_defaults=True):
    """A bot as the API shows it; empty texts are left out."""

    user_id: str
    create_at: int
    update_at: int
    delete_at: int
    username: str
    owner_id: str
    display_name: str = ""
    description: str = ""
    last_icon_update: int = 0


class BotPatch(msgspec.Struct):
    """What a bot is made of, or what is to change in it; absent changes nothing."""

    username: str | None = None
    display_name: str | None = None
    description: str | None = None


class BotList(msgspec.Struct):
    """Which bots are asked for."""

    page: int = 0
    per_page: int = 60
    include_deleted: bool = False
    only_orphaned: bool = False


class BotChoice(msgspec.Struct):
    """Whether a bot that is off counts as there."""

    include_deleted: bool = False


class Promotion(msgspec.Struct):
    """Whether the bot that becomes a user becomes an administrator."""

    set_system_admin: bool = False
