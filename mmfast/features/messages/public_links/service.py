"""Makes and checks public links. A link holds until the administrator changes the salt or switches links off."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from mmfast.api.context import Context
from mmfast.api.errors import INVALID_URL_PARAM
from mmfast.core.ids import is_valid_id
from mmfast.features.messages.files import errors as file_errors
from mmfast.features.messages.files.service import get_file
from mmfast.features.messages.files.types import StoredFile
from mmfast.features.messages.public_links import errors


def link_hash(file_id: str, salt: str) -> str:
    """The proof in a link: nobody without the salt can make one."""
    return urlsafe_b64encode(hashlib.sha256((salt + file_id).encode()).digest()).rstrip(b"=").decode()


def make_link(ctx: Context, file: StoredFile) -> str:
    """The address of a file for everybody."""
    proof = link_hash(file.info.id, ctx.config.FileSettings.PublicLinkSalt)
    return f"{_site(ctx)}/files/{file.info.id}/public?h={proof}"


def _site(ctx: Context) -> str:
    site = ctx.config.ServiceSettings.SiteURL.rstrip("/")
    if site or ctx.request is None:
        return site
    scheme = "https" if ctx.request.is_tls else "http"
    return f"{scheme}://{ctx.request.headers.get('host')}"


async def get_linked_file(ctx: Context, file_id: str, proof: str) -> StoredFile:
    """The file to which a link leads, or what is wrong with the link."""
    if not is_valid_id(file_id):
        raise INVALID_URL_PARAM(name="file_id")
    if not ctx.config.FileSettings.EnablePublicLink:
        raise errors.LINKS_OFF()
    file = await get_file(ctx, file_id)
    if file.info.delete_at:
        raise file_errors.FILE_NOT_FOUND()
    expected = link_hash(file_id, ctx.config.FileSettings.PublicLinkSalt)
    if not hmac.compare_digest(expected.encode(), proof.encode()):
        raise errors.LINK_INVALID()
    return file
