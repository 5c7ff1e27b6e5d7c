"""The routes of jobs."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_URL_PARAM
from mmfast.api.operation import operation
from mmfast.api.paging import Page
from mmfast.api.responses import Created
from mmfast.features.admin.jobs import errors, guards, service
from mmfast.features.admin.jobs.types import STATUSES, Job, JobDraft, JobQuery, StatusChange


@operation("CreateJob", "POST /jobs", guard=guards.may_create)
async def create_job(ctx: Context, body: JobDraft) -> Created[Job]:
    return Created(await service.ask_for(ctx, body))


@operation("GetJobs", "GET /jobs", guard=guards.may_read_some)
async def get_jobs(ctx: Context, query: JobQuery, loaded: list[str]) -> list[Job]:
    """A page of the jobs that the caller may read, the newest first."""
    if query.status and query.status not in STATUSES:
        raise INVALID_URL_PARAM(name="status")
    return await service.list_jobs(ctx, loaded, query.status, query)


@operation("GetJobsByType", "GET /jobs/type/{job_type}", guard=guards.may_read_type)
async def get_jobs_by_type(ctx: Context, job_type: str, query: Page) -> list[Job]:
    """A page of the jobs of a type, the newest first."""
    return await service.list_jobs(ctx, [job_type], "", query)


@operation("GetJob", "GET /jobs/{job_id}", guard=guards.may_read)
async def get_job(ctx: Context, loaded: Job) -> Job:
    return loaded


@operation("CancelJob", "POST /jobs/{job_id}/cancel", guard=guards.may_manage)
async def cancel_job(ctx: Context, loaded: Job) -> None:
    await service.cancel(ctx, loaded)


@operation("UpdateJobStatus", "PATCH /jobs/{job_id}/status", guard=guards.may_set_status)
async def update_job_status(ctx: Context, body: StatusChange, loaded: Job) -> None:
    await service.set_status(ctx, loaded, body.status, force=body.force)


@operation("DownloadJob", "GET /jobs/{job_id}/download", guard=guards.may_download, trust_requester=True)
async def download_job(ctx: Context, loaded: Job) -> None:
    """Gives the result of a compliance export, of which there is none: this server does not make them."""
    raise errors.NO_RESULT()
