import type { Sweep } from "../kernel/sweep.ts";
import { endInvitationsJob } from "./jobs.ts";

export { type Brand, readBrand } from "./brand.ts";
export { endInvitations, takeSeatsAway } from "./end-invitations.ts";
export { lapseDomains } from "./lapse-domains.ts";
export { countSeats, holdSeats, listSeatHolders, readSeats, type SeatCounts, type SeatHolder } from "./seat-counts.ts";
export { sendInvitation } from "./send-invitation.ts";
export { answerNewcomer, tellOfNewcomer } from "./send-newcomer-mails.ts";
export { MANAGERS, PAYERS, requireRole } from "./standing.ts";

/** Invitations run out by real time: a moved clock ends none. */
export const sweep: Sweep = { name: "organizations", job: endInvitationsJob, nextDue: async () => null };
