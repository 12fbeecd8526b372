import type { Instant } from "~/lib/format/dates.ts";
import type { StatusOf } from "~/lib/statuses.ts";
import { StatusBadge } from "./status-badge.tsx";

type MembershipBadgeProps = {
  of: { status: Exclude<StatusOf<"membership">, "ending">; cancelAt: Instant | null };
};

/** A membership's state; one that runs but will not renew says when it ends. */
export function MembershipBadge({ of }: MembershipBadgeProps) {
  const ending = of.status === "active" && of.cancelAt !== null;
  return <StatusBadge of="membership" state={ending ? "ending" : of.status} at={of.cancelAt} />;
}
