"""Who may make, see and change jobs: each type has permissions of its own."""

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_BODY_PARAM, INVALID_URL_PARAM, PERMISSION
from mmfast.features.admin.jobs import errors, service
from mmfast.features.admin.jobs.types import (
    COMPLIANCE_EXPORT,
    LICENSED,
    ON_DEMAND,
    Job,
    JobDraft,
    JobQuery,
    StatusChange,
)
from mmfast.features.identity.roles.service import may, require


async def may_create(ctx: Context, body: JobDraft) -> None:
    """Whoever may make jobs of the type."""
    rights = ON_DEMAND.get(body.type) or LICENSED.get(body.type)
    if rights is None:
        raise errors.UNKNOWN_TYPE()
    await require(ctx, rights.create)


async def may_read_type(ctx: Context, job_type: str) -> None:
    """Whoever may read jobs of the type."""
    rights = service.find_rights(job_type)
    if rights is None:
        raise errors.UNREADABLE_TYPE()
    await require(ctx, rights.read)


async def may_read_some(ctx: Context, query: JobQuery) -> list[str]:
    """Whoever may read jobs of the type asked for, or of any type. Gives the types that the caller may read."""
    if query.job_type:
        rights = service.find_rights(query.job_type)
        if rights is None:
            raise INVALID_URL_PARAM(name="job_type")
        await require(ctx, rights.read)
        return [query.job_type]
    readable = [type for type, rights in service.list_rights().items() if await may(ctx, rights.read)]
    if not readable:
        raise PERMISSION(detail="needs a permission to read jobs")
    return readable


async def may_read(ctx: Context, job_id: str) -> Job:
    """Whoever may read jobs of the job's type."""
    job = await service.get_job(ctx, job_id)
    await may_read_type(ctx, job.type)
    return job


async def may_manage(ctx: Context, job_id: str) -> Job:
    """Whoever may change jobs of the job's type."""
    job = await service.get_job(ctx, job_id)
    rights = service.find_rights(job.type)
    if rights is None:
        raise errors.UNMANAGEABLE_TYPE()
    await require(ctx, rights.manage)
    return job


async def may_set_status(ctx: Context, job_id: str, body: StatusChange) -> Job:
    """As `may_manage`, once the request makes sense."""
    if not body.status:
        raise INVALID_BODY_PARAM(name="status")
    return await may_manage(ctx, job_id)


async def may_download(ctx: Context, job_id: str) -> Job:
    """Whoever may read the results of compliance exports, while downloading them is switched on."""
    if not ctx.config.MessageExportSettings.DownloadExportResults:
        raise errors.DOWNLOAD_OFF()
    job = await service.get_job(ctx, job_id)
    if job.type != COMPLIANCE_EXPORT:
        raise errors.NOT_DOWNLOADABLE()
    await require(ctx, "download_compliance_export_result")
    return job
