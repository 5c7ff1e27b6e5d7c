"""Looks for rows whose parent is gone: the schema has no foreign keys that would keep them from existing."""

from typing import Final

from mmfast.api.context import Context
from mmfast.db.errors import DatabaseError
from mmfast.features.admin.database import store
from mmfast.features.admin.database.types import IntegrityResult, Relation, RelationCheck

MOST_RECORDS: Final = 10_000
"""Orphans that are told of one relation; with more, the first are enough to see what happened."""

RELATIONS: Final = (
    Relation("Channels", "ChannelMembers", "ChannelId", "UserId"),
    Relation("Channels", "ChannelMemberHistory", "ChannelId", "UserId"),
    Relation("Channels", "IncomingWebhooks", "ChannelId"),
    Relation("Channels", "OutgoingWebhooks", "ChannelId"),
    Relation("Channels", "Posts", "ChannelId"),
    Relation("Commands", "CommandWebhooks", "CommandId"),
    Relation("Posts", "FileInfo", "PostId"),
    Relation("Posts", "Posts", "RootId"),
    Relation("Posts", "Reactions", "PostId", "EmojiName"),
    Relation("Posts", "Threads", "PostId", "ChannelId"),
    Relation("Posts", "ThreadMemberships", "PostId", "UserId"),
    Relation("Schemes", "Channels", "SchemeId"),
    Relation("Schemes", "Teams", "SchemeId"),
    Relation("Sessions", "Audits", "SessionId"),
    Relation("Teams", "Channels", "TeamId"),
    Relation("Teams", "Commands", "TeamId"),
    Relation("Teams", "IncomingWebhooks", "TeamId"),
    Relation("Teams", "OutgoingWebhooks", "TeamId"),
    Relation("Teams", "TeamMembers", "TeamId", "UserId"),
    Relation("Users", "Audits", "UserId"),
    Relation("Users", "Bots", "UserId", "OwnerId"),
    Relation("Users", "ChannelMembers", "UserId", "ChannelId"),
    Relation("Users", "ChannelMemberHistory", "UserId", "ChannelId"),
    Relation("Users", "Channels", "CreatorId"),
    Relation("Users", "Commands", "CreatorId"),
    Relation("Users", "Emoji", "CreatorId"),
    Relation("Users", "FileInfo", "CreatorId"),
    Relation("Users", "IncomingWebhooks", "UserId"),
    Relation("Users", "OAuthAccessData", "UserId", "ClientId"),
    Relation("Users", "OAuthApps", "CreatorId"),
    Relation("Users", "OutgoingWebhooks", "CreatorId"),
    Relation("Users", "Posts", "UserId"),
    Relation("Users", "Preferences", "UserId", "Name"),
    Relation("Users", "Reactions", "UserId", "PostId"),
    Relation("Users", "Sessions", "UserId"),
    Relation("Users", "Status", "UserId", "Status"),
    Relation("Users", "TeamMembers", "UserId", "TeamId"),
    Relation("Users", "UserAccessTokens", "UserId"),
)
"""What hangs on what."""


async def check_integrity(ctx: Context) -> list[IntegrityResult]:
    """Every relation, with the rows that break it; one that cannot be read does not keep the others from being so."""
    return [await _check(ctx, relation) for relation in RELATIONS]


async def _check(ctx: Context, relation: Relation) -> IntegrityResult:
    checked = RelationCheck(
        relation.parent_name, relation.child_name, relation.parent_id_attr, relation.child_id_attr, []
    )
    try:
        checked.records = await store.list_orphans(ctx.db, relation, MOST_RECORDS)
    except DatabaseError as error:
        return IntegrityResult(checked, str(error))
    return IntegrityResult(checked)
