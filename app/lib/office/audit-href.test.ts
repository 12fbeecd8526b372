import { describe, expect, it } from "vitest";
import { auditHref } from "./audit-href.ts";

describe("where an entry of the audit log leads", () => {
  it.each([
    [{ action: "payments.refund", subject: "ord_1", parent: null }, "/admin/orders/ord_1"],
    [{ action: "payments.paid", subject: "pay_1", parent: "sub_1" }, "/admin/memberships/sub_1"],
    [{ action: "catalog.create_product", subject: "bag", parent: null }, "/admin/products/bag"],
    [{ action: "webhooks.replay", subject: "stripe:evt_1", parent: null }, "/admin/webhooks/stripe%3Aevt_1"],
    [{ action: "queue.retry", subject: "webhooks.process 17", parent: null }, "/admin/jobs"],
    [{ action: "identity.staff_invited", subject: "inv_1", parent: null }, "/admin/staff"],
    [{ action: "api_keys.revoke", subject: "key_1", parent: "cus_1" }, "/admin/customers/cus_1"],
    [{ action: "plans.publish", subject: "plv_1", parent: "professional" }, "/admin/plans/professional"],
    [{ action: "organizations.rename", subject: "org_1", parent: null }, "/admin/organizations/org_1"],
    [{ action: "offers.edit", subject: "off_1", parent: null }, "/admin/offers/off_1"],
    [{ action: "announcements.set", subject: "aep_1", parent: null }, "/admin/endpoints/aep_1"],
  ])("%o", (entry, href) => {
    expect(auditHref(entry)).toBe(href);
  });

  it.each([
    { action: "payments.paid", subject: "pay_1", parent: null },
    { action: "list.export", subject: "orders", parent: null },
    { action: "webhooks.replay_batch", subject: "", parent: null },
  ])("nowhere: %o", (entry) => {
    expect(auditHref(entry)).toBeNull();
  });
});
