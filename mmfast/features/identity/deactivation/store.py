"""SQL that deletes a person. It reaches into the tables of all features on purpose: one list of what holds a user's
data is what makes an erasure complete, and a feature that forgot to register would leave personal data behind.
"""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mmfast.db.executor import Executor


_STATEMENTS: Final = (
    # What hangs on the user's posts, then what hangs on the answers to them, which go with the thread.
    *(
        f"DELETE FROM {table} WHERE postid IN (SELECT id FROM posts WHERE userid = $1 "
        "OR rootid IN (SELECT id FROM posts WHERE userid = $1 AND rootid = ''))"
        for table in (
            "reactions",
            "postspriority",
            "postacknowledgements",
            "persistentnotifications",
            "postreminders",
            "fileinfo",
            "threadmemberships",
            "threads",
        )
    ),
    "DELETE FROM posts WHERE rootid IN (SELECT id FROM posts WHERE userid = $1 AND rootid = '')",
    # Threads of others in which the user answered.
    """UPDATE threads t SET replycount = t.replycount - gone.answers, participants = t.participants - $1::text
       FROM (SELECT rootid, count(*) AS answers FROM posts WHERE userid = $1 AND rootid <> '' AND deleteat = 0
             GROUP BY rootid) gone WHERE t.postid = gone.rootid""",
    "DELETE FROM posts WHERE userid = $1",
    "DELETE FROM sidebarchannels WHERE userid = $1",
    "DELETE FROM fileinfo WHERE creatorid = $1",
    *(
        f"DELETE FROM {table} WHERE userid = $1"
        for table in (
            "channelmembers",
            "channelmemberhistory",
            "commandwebhooks",
            "drafts",
            "groupmembers",
            "incomingwebhooks",
            "notifyadmin",
            "oauthaccessdata",
            "oauthauthdata",
            "postacknowledgements",
            "postreminders",
            "preferences",
            "productnoticeviewstate",
            "reactions",
            "recentsearches",
            "scheduledposts",
            "sessions",
            "sidebarcategories",
            "status",
            "teammembers",
            "threadmemberships",
            "uploadsessions",
            "useraccesstokens",
            "usertermsofservice",
            "audits",
            "bots",
        )
    ),
    "DELETE FROM outgoingwebhooks WHERE creatorid = $1",
    "DELETE FROM commands WHERE creatorid = $1",
    "DELETE FROM users WHERE id = $1",
)


async def delete_everything_of(db: "Executor", user_id: str) -> None:
    """Deletes the user's row and all rows that are the user's own. Channels, emoji and apps that they made stay."""
    for statement in _STATEMENTS:
        await db.execute(statement, user_id)


async def list_files_of(db: "Executor", user_id: str) -> list[str]:
    """Where the file store keeps what the user uploaded: the files, and the small pictures made of them."""
    rows = await db.fetch(
        """SELECT path, thumbnailpath, previewpath FROM fileinfo WHERE creatorid = $1
               OR postid IN (SELECT id FROM posts WHERE rootid IN (SELECT id FROM posts WHERE userid = $1))
           UNION ALL SELECT path, '', '' FROM uploadsessions WHERE userid = $1""",
        user_id,
    )
    return [path for row in rows for path in row if path]


async def list_user_ids(db: "Executor") -> list[str]:
    """Every account's id, those switched off included, the oldest first."""
    return [row[0] for row in await db.fetch("SELECT id FROM users ORDER BY createat, id")]
