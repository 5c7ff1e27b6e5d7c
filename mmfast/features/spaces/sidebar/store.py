"""SQL of SidebarCategories and SidebarChannels."""

from collections.abc import Sequence

from mmfast.db.executor import Executor
from mmfast.features.spaces.sidebar.types import Category, PlacedChannel

COLUMNS = """id, userid, teamid, COALESCE(sortorder, 0), COALESCE(sorting, ''), type, COALESCE(displayname, ''),
    COALESCE(muted, false), COALESCE(collapsed, false)"""


async def list_categories(db: Executor, user_id: str, team_id: str) -> list[Category]:
    """The user's categories in the team, in order, without their channels."""
    rows = await db.fetch(
        f"SELECT {COLUMNS} FROM sidebarcategories WHERE userid = $1 AND teamid = $2 ORDER BY sortorder, id",
        user_id,
        team_id,
    )
    return [Category(*row) for row in rows]


async def list_placed_channels(
    db: Executor, user_id: str, team_id: str, category_ids: Sequence[str]
) -> list[PlacedChannel]:
    """The user's channels in the team, and direct and group channels, in the order in which they stand."""
    rows = await db.fetch(
        """SELECT c.id, c.type IN ('D', 'G'), COALESCE(s.categoryid, ''),
               COALESCE(m.notifyprops->>'mark_unread', '') = 'mention'
           FROM channelmembers m JOIN channels c ON c.id = m.channelid AND c.deleteat = 0
           LEFT JOIN sidebarchannels s ON s.channelid = c.id AND s.userid = $1 AND s.categoryid = ANY($3)
           WHERE m.userid = $1 AND (c.teamid = $2 OR c.teamid = '' OR c.teamid IS NULL)
           ORDER BY s.sortorder NULLS LAST, lower(c.displayname), c.id""",
        user_id,
        team_id,
        list(category_ids),
    )
    return [PlacedChannel(*row) for row in rows]


async def insert_categories(db: Executor, categories: Sequence[Category]) -> None:
    """Writes new categories; those that are there already stay as they are."""
    await db.executemany(
        """INSERT INTO sidebarcategories (id, userid, teamid, sortorder, sorting, type, displayname, muted, collapsed)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO NOTHING""",
        [
            (c.id, c.user_id, c.team_id, c.sort_order, c.sorting, c.type, c.display_name, c.muted, c.collapsed)
            for c in categories
        ],
    )


async def update_category(db: Executor, category: Category) -> None:
    """Writes a category's own properties."""
    await db.execute(
        "UPDATE sidebarcategories SET sorting = $2, displayname = $3, muted = $4, collapsed = $5 WHERE id = $1",
        category.id,
        category.sorting,
        category.display_name,
        category.muted,
        category.collapsed,
    )


async def update_order(db: Executor, user_id: str, category_ids: Sequence[str], step: int) -> None:
    """Gives the categories the places in which they are named."""
    await db.execute(
        """UPDATE sidebarcategories s SET sortorder = ($3 * (o.n - 1))::bigint
           FROM unnest($2::text[]) WITH ORDINALITY AS o (id, n) WHERE s.id = o.id AND s.userid = $1""",
        user_id,
        list(category_ids),
        step,
    )


async def place_channels(
    db: Executor, user_id: str, team_id: str, category_id: str, channel_ids: Sequence[str]
) -> None:
    """Makes these channels, in this order, the ones in the category; they leave the team's other categories."""
    await db.execute(
        """DELETE FROM sidebarchannels WHERE userid = $1 AND (categoryid = $3 OR (channelid = ANY($4)
               AND categoryid IN (SELECT id FROM sidebarcategories WHERE userid = $1 AND teamid = $2)))""",
        user_id,
        team_id,
        category_id,
        list(channel_ids),
    )
    await db.execute(
        """INSERT INTO sidebarchannels (channelid, userid, categoryid, sortorder)
           SELECT o.id, $1, $2, (o.n - 1) * 10 FROM unnest($3::text[]) WITH ORDINALITY AS o (id, n)
           ON CONFLICT (channelid, userid, categoryid) DO UPDATE SET sortorder = EXCLUDED.sortorder""",
        user_id,
        category_id,
        list(channel_ids),
    )


async def delete_category(db: Executor, category_id: str) -> None:
    """Deletes a category; its channels go back to the categories of their kinds."""
    await db.execute("DELETE FROM sidebarchannels WHERE categoryid = $1", category_id)
    await db.execute("DELETE FROM sidebarcategories WHERE id = $1", category_id)


async def add_favorites(db: Executor, user_id: str, channel_ids: Sequence[str]) -> None:
    """Puts channels first among the user's favourites: a team's channel in its team, a direct one in every team."""
    await db.execute(
        """DELETE FROM sidebarchannels s USING sidebarcategories k, channels c
           WHERE s.userid = $1 AND s.channelid = ANY($2) AND k.id = s.categoryid AND c.id = s.channelid
             AND (c.teamid = k.teamid OR c.teamid = '')""",
        user_id,
        list(channel_ids),
    )
    await db.execute(
        """INSERT INTO sidebarchannels (channelid, userid, categoryid, sortorder)
           SELECT c.id, $1, k.id, (SELECT COALESCE(min(x.sortorder), 0) - 10 FROM sidebarchannels x
                                   WHERE x.userid = $1 AND x.categoryid = k.id)
           FROM channels c JOIN sidebarcategories k
               ON k.userid = $1 AND k.type = 'favorites' AND (c.teamid = k.teamid OR c.teamid = '')
           WHERE c.id = ANY($2)
           ON CONFLICT DO NOTHING""",
        user_id,
        list(channel_ids),
    )


async def remove_favorites(db: Executor, user_id: str, channel_ids: Sequence[str]) -> None:
    """Takes channels out of the user's favourites in all teams."""
    await db.execute(
        """DELETE FROM sidebarchannels s USING sidebarcategories k
           WHERE s.userid = $1 AND s.channelid = ANY($2) AND k.id = s.categoryid AND k.type = 'favorites'""",
        user_id,
        list(channel_ids),
    )
