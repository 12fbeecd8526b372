import { expect, test } from "vitest";
import { alertAct } from "./alert-act.ts";

test.each([
  ["webhooks.stopped", "stripe:evt_1", "/admin/webhooks/stripe%3Aevt_1"],
  ["webhooks.failing", "inbox", "/admin/webhooks?status=dead"],
  ["reconciliation.drift", "sub_1", "/admin/webhooks/drift?q=sub_1"],
  ["jobs.stopped", "orders.send ord_1", "/admin/jobs?state=dead"],
  ["credits.due_failed", "cus_1 expiry crg_1", "/admin/credits/cus_1"],
  ["billing.late_change", "sub_1 chg_1 inv_1", "/admin/search?q=sub_1"],
  ["payments.refund_returned", "pi_1 ref_1", "/admin/search?q=pi_1"],
  ["payments.payout_failed", "po_1", "/admin/payouts?q=po_1"],
  ["payments.without_order", "pi_1", "/admin/search?q=pi_1"],
])("%s leads to where it is put right", (kind, subject, href) => expect(alertAct({ kind, subject }).href).toBe(href));
