"""The routes of groups seen from a channel."""

from mmfast.api.context import Context
from mmfast.api.operation import operation
from mmfast.features.identity.users.service import get_users
from mmfast.features.spaces.channel_groups import guards, store
from mmfast.features.spaces.channel_groups.types import MinusGroupsQuery, UsersWithGroups, UserWithGroups


@operation(
    "ChannelMembersMinusGroupMembers",
    "GET /channels/{channel_id}/members_minus_group_members",
    guard=guards.may_subtract_groups,
)
async def get_members_minus_group_members(
    ctx: Context, channel_id: str, query: MinusGroupsQuery, loaded: list[str]
) -> UsersWithGroups:
    """A page of the members whom a channel of these groups only would lose."""
    rows = await store.list_members_outside(ctx.db, channel_id, loaded, query.offset, query.limit)
    users = await get_users(ctx, [row[0] for row in rows])
    found = [
        UserWithGroups(
            id=user.id,
            create_at=user.create_at,
            update_at=user.update_at,
            delete_at=user.delete_at,
            username=user.username,
            auth_service=user.auth_service,
            email=user.email,
            nickname=user.nickname,
            first_name=user.first_name,
            last_name=user.last_name,
            position=user.position,
            roles=user.roles,
            locale=user.locale,
            timezone=user.timezone or {},
            scheme_guest=guest,
            scheme_user=member,
            scheme_admin=admin,
        )
        for user, (_, guest, member, admin) in zip(users, rows, strict=True)
    ]
    return UsersWithGroups(found, await store.count_members_outside(ctx.db, channel_id, loaded))


@operation(
    "GetChannelMemberCountsByGroup",
    "GET /channels/{channel_id}/member_counts_by_group",
    guard=guards.may_count_by_group,
)
async def get_channel_member_counts_by_group(ctx: Context) -> None:
    """Never reached: the guard refuses."""
