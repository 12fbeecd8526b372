import type { StatusOf } from "../statuses.ts";

type Phase = "draft" | "planned" | "live" | "ended" | "deleted";

const STATES: Record<Phase, StatusOf<"campaign">> = {
  draft: "draft",
  planned: "scheduled",
  live: "active",
  ended: "ended",
  deleted: "deleted",
};

/** The badge of a campaign's phase: its status and its dates together. */
export function campaignState(phase: Phase): StatusOf<"campaign"> {
  return STATES[phase];
}
