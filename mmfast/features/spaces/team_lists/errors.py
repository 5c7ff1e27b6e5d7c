"""The errors of lists of teams."""

from mmfast.core.errors import ErrorKind

PUBLIC_PAGING = ErrorKind(
    "api.team.search_teams.pagination_not_implemented.public_team_search",
    501,
    "Only those who may list private teams can search page by page.",
)
PRIVATE_PAGING = ErrorKind(
    "api.team.search_teams.pagination_not_implemented.private_team_search",
    501,
    "Only those who may list open teams can search page by page.",
)
LIST_REFUSED = ErrorKind("api.team.get_all_teams.insufficient_permissions", 403, "You may not list teams.")
