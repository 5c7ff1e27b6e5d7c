"""The routes of hosting."""

from mmfast.api.context import Context
from mmfast.api.guards import PUBLIC, SIGNED_IN
from mmfast.api.operation import OPTIONAL, operation
from mmfast.api.unavailable import declare_unavailable
from mmfast.features.admin.cloud.errors import NO_SIGNUP, NOT_HOSTED
from mmfast.features.admin.cloud.guards import proves_vendor
from mmfast.features.admin.cloud.types import VendorConnection

declare_unavailable(
    NOT_HOSTED,
    ("GetCloudProducts", "GET /cloud/products", SIGNED_IN),
    ("GetCloudLimits", "GET /cloud/limits", SIGNED_IN),
    ("GetCloudCustomer", "GET /cloud/customer", SIGNED_IN),
    ("UpdateCloudCustomer", "PUT /cloud/customer", SIGNED_IN),
    ("UpdateCloudCustomerAddress", "PUT /cloud/customer/address", SIGNED_IN),
    ("GetEndpointForInstallationInformation", "GET /cloud/installation", SIGNED_IN),
    ("GetPreviewModalData", "GET /cloud/preview/modal_data", SIGNED_IN),
    ("GetSubscription", "GET /cloud/subscription", SIGNED_IN),
    ("GetInvoicesForSubscription", "GET /cloud/subscription/invoices", SIGNED_IN),
    ("GetInvoiceForSubscriptionAsPdf", "GET /cloud/subscription/invoices/{invoice_id}/pdf", SIGNED_IN),
    ("ValidateBusinessEmail", "POST /cloud/validate-business-email", SIGNED_IN),
    ("ValidateWorkspaceBusinessEmail", "POST /cloud/validate-workspace-business-email", SIGNED_IN),
)
declare_unavailable(NO_SIGNUP, ("GetHostedSignupAvailable", "GET /hosted_customer/signup_available", SIGNED_IN))


@operation("CheckCWSConnection", "GET /cloud/check-cws-connection", guard=PUBLIC, auth=OPTIONAL)
async def check_vendor_connection(ctx: Context) -> VendorConnection:
    """Whether the vendor's server can be reached. It is never called, so clients take us for an isolated network."""
    return VendorConnection()


@operation("PostEndpointForCwsWebhooks", "POST /cloud/webhook", guard=proves_vendor, auth=OPTIONAL)
async def take_vendor_news(ctx: Context) -> None:
    """News from the vendor; the guard lets nobody through."""
