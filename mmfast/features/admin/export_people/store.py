"""SQL of what lines about people and bots say."""

from collections.abc import Sequence

from mmfast.db.executor import Executor, Record


async def list_users(db: Executor, after: str, limit: int) -> list[Record]:
    """Accounts of people, deactivated ones too, whose id comes after another."""
    return await db.fetch(
        """SELECT u.id, u.username, u.email, u.authservice, u.authdata, u.nickname, u.firstname, u.lastname,
              u."position", u.roles, u.locale, u.deleteat, u.lastpictureupdate, u.notifyprops::text AS notifyprops,
              u.props->>'customStatus' AS customstatus
            FROM users u LEFT JOIN bots b ON b.userid = u.id
            WHERE b.userid IS NULL AND u.id > $1 ORDER BY u.id LIMIT $2""",
        after,
        limit,
    )


async def list_bots(db: Executor, after: str, limit: int) -> list[Record]:
    """Bots whose user's id comes after another, with their owner's name, or id where that is no user."""
    return await db.fetch(
        """SELECT b.userid AS id, u.username, u.firstname, b.description, b.deleteat, u.lastpictureupdate,
              coalesce(o.username, b.ownerid) AS owner
            FROM bots b JOIN users u ON u.id = b.userid LEFT JOIN users o ON o.id = b.ownerid
            WHERE b.userid > $1 ORDER BY b.userid LIMIT $2""",
        after,
        limit,
    )


async def list_pictures(db: Executor) -> list[str]:
    """The ids of those who have a picture of their own."""
    rows = await db.fetch("SELECT id FROM users WHERE lastpictureupdate > 0 ORDER BY id")
    return [row[0] for row in rows]


async def list_preferences(db: Executor, user_ids: Sequence[str]) -> list[Record]:
    """Preferences that lines may have a field for: userid, category, name, value."""
    return await db.fetch(
        """SELECT userid, category, name, value FROM preferences WHERE userid = ANY($1) AND category IN
           ('display_settings', 'advanced_settings', 'sidebar_settings', 'tutorial_step', 'theme', 'notifications')""",
        list(user_ids),
    )


async def list_team_members(db: Executor, user_ids: Sequence[str]) -> list[Record]:
    """Memberships in teams: userid, teamid, name, explicit roles and the flags."""
    return await db.fetch(
        """SELECT m.userid, m.teamid, t.name, m.roles, m.schemeguest, m.schemeuser, m.schemeadmin
           FROM teammembers m JOIN teams t ON t.id = m.teamid AND t.deleteat = 0
           WHERE m.userid = ANY($1) AND m.deleteat = 0 ORDER BY t.name""",
        list(user_ids),
    )


async def list_channel_members(db: Executor, user_ids: Sequence[str], *, archived: bool) -> list[Record]:
    """Memberships in public and private channels, with what was read and whether it is a favourite."""
    return await db.fetch(
        """SELECT m.userid, c.teamid, c.name, m.roles, m.schemeguest, m.schemeuser, m.schemeadmin,
              m.notifyprops::text AS notifyprops, m.lastviewedat, m.msgcount, m.msgcountroot, m.mentioncount,
              m.mentioncountroot, m.urgentmentioncount, coalesce(p.value = 'true', false) AS favorite
           FROM channelmembers m JOIN channels c ON c.id = m.channelid AND c.type IN ('O', 'P')
           LEFT JOIN preferences p ON p.userid = m.userid AND p.category = 'favorite_channel' AND p.name = c.id
           WHERE m.userid = ANY($1) AND (c.deleteat = 0 OR $2) ORDER BY c.name""",
        list(user_ids),
        archived,
    )
