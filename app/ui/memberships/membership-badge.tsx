import type { Instant } from "~/lib/format/dates.ts";
import type { StatusOf } from "~/lib/statuses.ts";
import { StatusBadge } from "../status-badge.tsx";

type MembershipBadgeProps = {
  of: {
    status: Exclude<StatusOf<"membership">, "ending" | "free">;
    cancelAt: Instant | null;
    /** It costs nothing just now although it is no trial. */
    freeTime?: boolean;
  };
};

/** A membership's state; one that runs but will not renew says when it ends. */
export function MembershipBadge({ of }: MembershipBadgeProps) {
  const ending = of.status === "active" && of.cancelAt !== null;
  const state = ending ? "ending" : of.freeTime ? "free" : of.status;
  return <StatusBadge of="membership" state={state} at={of.cancelAt} />;
}
