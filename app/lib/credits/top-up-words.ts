import type { MessageKey } from "../i18n/translate.ts";

type TopUp = { readonly status: string; readonly failureCode: string | null; readonly orderId: string | null };

const APPROVALS = ["authentication_required", "requires_action"];

/** What somebody in the office can do about a top-up; null where there is nothing to do. */
export function topUpAdvice({ status, failureCode, orderId }: TopUp) {
  if (failureCode === "mismatch") return "crediting.topUp.do.mismatch" satisfies MessageKey;
  if (status === "completed") return orderId ? null : ("crediting.topUp.do.order" satisfies MessageKey);
  if (status !== "failed") return "crediting.topUp.do.wait" satisfies MessageKey;
  if (failureCode === "outdated") return "crediting.topUp.do.outdated" satisfies MessageKey;
  if (APPROVALS.includes(failureCode ?? "")) return "crediting.topUp.do.approval" satisfies MessageKey;
  return "crediting.topUp.do.declined" satisfies MessageKey;
}
