import type { Sweep } from "../kernel/sweep.ts";
import { endInvitationsJob } from "./jobs.ts";

export { endInvitations } from "./end-invitations.ts";
export { organizationErrors } from "./errors.ts";
export { readSeats, type SeatCounts } from "./seat-counts.ts";
export { sendInvitation } from "./send-invitation.ts";
export { EVERYBODY, MANAGERS, PAYERS, readStanding, requireRole, type Standing } from "./standing.ts";

/** Invitations run out by real time: a moved clock ends none. */
export const sweep: Sweep = { name: "organizations", job: endInvitationsJob, nextDue: async () => null };
