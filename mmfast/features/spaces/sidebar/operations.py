"""The routes of sidebar categories."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM
from mmfast.api.operation import operation
from mmfast.features.spaces.sidebar import guards, service
from mmfast.features.spaces.sidebar.types import Categories, Category, CategoryInput

PATH = "/users/{user_id}/teams/{team_id}/channels/categories"


def _require_own(user_id: str, team_id: str, *wanted: CategoryInput) -> None:
    for item in wanted:
        if item.user_id != user_id or item.team_id != team_id:
            raise INVALID_BODY_PARAM(name="category")


@operation("GetSidebarCategoriesForTeamForUser", f"GET {PATH}", guard=guards.may_use_sidebar)
async def get_sidebar_categories(ctx: Context, user_id: str, team_id: str) -> Categories:
    """All categories with their channels."""
    return await service.get_categories(ctx, user_id, team_id)


@operation("CreateSidebarCategoryForTeamForUser", f"POST {PATH}", guard=guards.may_use_sidebar)
async def create_sidebar_category(ctx: Context, user_id: str, team_id: str, body: CategoryInput) -> Category:
    """Makes a category."""
    _require_own(user_id, team_id, body)
    return await service.create_category(ctx, user_id, team_id, body)


@operation(
    "UpdateSidebarCategoriesForTeamForUser", f"PUT {PATH}", guard=guards.may_use_sidebar, body_error=INVALID_BODY_PARAM
)
async def update_sidebar_categories(
    ctx: Context, user_id: str, team_id: str, body: list[CategoryInput]
) -> list[Category]:
    """Changes several categories at once."""
    _require_own(user_id, team_id, *body)
    own = (await service.get_categories(ctx, user_id, team_id)).order
    if any(item.id not in own for item in body):
        raise INVALID_BODY_PARAM(name="category")
    return await service.update_categories(ctx, user_id, team_id, body)


@operation("GetSidebarCategoryOrderForTeamForUser", f"GET {PATH}/order", guard=guards.may_use_sidebar)
async def get_sidebar_category_order(ctx: Context, user_id: str, team_id: str) -> list[str]:
    """The order of the categories."""
    return (await service.get_categories(ctx, user_id, team_id)).order


@operation("UpdateSidebarCategoryOrderForTeamForUser", f"PUT {PATH}/order", guard=guards.may_use_sidebar)
async def update_sidebar_category_order(ctx: Context, user_id: str, team_id: str, body: list[str]) -> list[str]:
    """Puts the categories into another order."""
    own = (await service.get_categories(ctx, user_id, team_id)).order
    if any(category_id not in own for category_id in body):
        raise INVALID_BODY_PARAM(name="category")
    await service.update_order(ctx, user_id, team_id, body)
    return body


@operation("GetSidebarCategoryForTeamForUser", f"GET {PATH}/{{category_id}}", guard=guards.may_use_category)
async def get_sidebar_category(ctx: Context, loaded: Category) -> Category:
    """One category."""
    return loaded


@operation("UpdateSidebarCategoryForTeamForUser", f"PUT {PATH}/{{category_id}}", guard=guards.may_use_category)
async def update_sidebar_category(
    ctx: Context, user_id: str, team_id: str, category_id: str, body: CategoryInput
) -> Category:
    """Changes one category, which the address names."""
    _require_own(user_id, team_id, body)
    body.id = category_id
    return (await service.update_categories(ctx, user_id, team_id, [body]))[0]


@operation("RemoveSidebarCategoryForTeamForUser", f"DELETE {PATH}/{{category_id}}", guard=guards.may_use_category)
async def remove_sidebar_category(ctx: Context, loaded: Category) -> None:
    """Deletes a category."""
    await service.delete_category(ctx, loaded)
