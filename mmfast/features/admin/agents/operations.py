"""The routes of agents and language models."""

from typing import Any

from mmfast.api.context import Context
from mmfast.api.guards import SIGNED_IN
from mmfast.api.operation import operation
from mmfast.features.admin.agents.types import AgentsStatus


@operation("GetAgents", "GET /agents", guard=SIGNED_IN)
async def get_agents(ctx: Context) -> list[dict[str, Any]]:
    """The agents that the caller may talk to."""
    return []


@operation("GetAgentsStatus", "GET /agents/status", guard=SIGNED_IN)
async def get_agents_status(ctx: Context) -> AgentsStatus:
    """Whether agents can be used."""
    return AgentsStatus()


@operation("GetLLMServices", "GET /llmservices", guard=SIGNED_IN)
async def get_llm_services(ctx: Context) -> list[dict[str, Any]]:
    """The language models that the caller may use."""
    return []
