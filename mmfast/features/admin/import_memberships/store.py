"""Writes memberships by the hundred, with one statement for each table."""

from collections.abc import Sequence

from mmfast.db.executor import Executor
from mmfast.features.admin.import_memberships.types import ChannelMembership, TeamMembership


async def save_team_members(db: Executor, members: Sequence[TeamMembership], now: int) -> list[tuple[str, str]]:
    """Makes or changes memberships in teams. Gives team and user of those that are new or had ended."""
    rows = await db.fetch(
        """WITH wanted AS (
               SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bool[], $5::bool[], $6::bool[])
                   AS w(team, person, roles, guest, member, admin)),
           present AS (
               SELECT m.teamid, m.userid FROM teammembers m JOIN wanted w ON m.teamid = w.team AND m.userid = w.person
               WHERE m.deleteat = 0)
           INSERT INTO teammembers (teamid, userid, roles, deleteat, schemeguest, schemeuser, schemeadmin, createat)
           SELECT team, person, roles, 0, guest, member, admin, $7 FROM wanted
           ON CONFLICT (teamid, userid) DO UPDATE SET roles = excluded.roles, deleteat = 0,
               schemeguest = excluded.schemeguest, schemeuser = excluded.schemeuser, schemeadmin = excluded.schemeadmin
           RETURNING teamid, userid,
               (teamid, userid) IN (SELECT p.teamid, p.userid FROM present p)""",
        [m.team_id for m in members],
        [m.user_id for m in members],
        [m.roles for m in members],
        [m.guest for m in members],
        [m.user for m in members],
        [m.admin for m in members],
        now,
    )
    return [(row[0], row[1]) for row in rows if not row[2]]


async def save_channel_members(
    db: Executor, members: Sequence[ChannelMembership], default_props: str, now: int
) -> list[tuple[str, str]]:
    """Makes or changes memberships in channels. Gives channel and user of those that are new.

    What was read of a channel only moves forward: an import that is repeated makes nothing unread again.
    """
    rows = await db.fetch(
        """WITH wanted AS (
               SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bool[], $5::bool[], $6::bool[], $7::text[],
                   $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bool[])
                   AS w(channel, person, roles, guest, member, admin, props, viewed, msgs, rootmsgs, mentions,
                        rootmentions, urgent, given)),
           changed AS (
               UPDATE channelmembers m SET
                   roles = CASE WHEN w.given THEN w.roles ELSE m.roles END,
                   schemeguest = CASE WHEN w.given THEN w.guest ELSE m.schemeguest END,
                   schemeuser = CASE WHEN w.given THEN w.member ELSE m.schemeuser END,
                   schemeadmin = CASE WHEN w.given THEN w.admin ELSE m.schemeadmin END,
                   notifyprops = COALESCE(m.notifyprops, '{}') || w.props::jsonb, lastupdateat = $16,
                   lastviewedat = GREATEST(m.lastviewedat, w.viewed), msgcount = GREATEST(m.msgcount, w.msgs),
                   msgcountroot = GREATEST(m.msgcountroot, w.rootmsgs)
               FROM wanted w WHERE m.channelid = w.channel AND m.userid = w.person RETURNING 1),
           added AS (
               INSERT INTO channelmembers (channelid, userid, roles, lastviewedat, msgcount, mentioncount, notifyprops,
                   lastupdateat, schemeuser, schemeadmin, schemeguest, mentioncountroot, msgcountroot,
                   urgentmentioncount)
               SELECT channel, person, roles, viewed, msgs, mentions, $15::text::jsonb || props::jsonb, $16, member,
                   admin, guest, rootmentions, rootmsgs, urgent FROM wanted
               ON CONFLICT DO NOTHING RETURNING channelid, userid),
           history AS (
               INSERT INTO channelmemberhistory (channelid, userid, jointime) SELECT channelid, userid, $16 FROM added
               ON CONFLICT DO NOTHING)
           SELECT channelid, userid FROM added""",
        [m.channel_id for m in members],
        [m.user_id for m in members],
        [m.roles for m in members],
        [m.guest for m in members],
        [m.user for m in members],
        [m.admin for m in members],
        [m.notify_props for m in members],
        [m.last_viewed_at for m in members],
        [m.msg_count for m in members],
        [m.msg_count_root for m in members],
        [m.mention_count for m in members],
        [m.mention_count_root for m in members],
        [m.urgent_mention_count for m in members],
        [m.given_roles for m in members],
        default_props,
        now,
    )
    return [(row[0], row[1]) for row in rows]


async def list_team_ids(db: Executor, user_ids: Sequence[str]) -> list[tuple[str, str]]:
    """User and team of the present memberships of these people."""
    rows = await db.fetch(
        "SELECT userid, teamid FROM teammembers WHERE userid = ANY($1::text[]) AND deleteat = 0", list(user_ids)
    )
    return [(row[0], row[1]) for row in rows]


async def list_favorites(db: Executor, user_ids: Sequence[str]) -> set[tuple[str, str]]:
    """User and channel of the favourites that these people have."""
    rows = await db.fetch(
        "SELECT userid, name FROM preferences WHERE userid = ANY($1::text[]) AND category = 'favorite_channel'"
        " AND value = 'true'",
        list(user_ids),
    )
    return {(row[0], row[1]) for row in rows}
