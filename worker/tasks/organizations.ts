import { endInvitations, sendInvitation } from "../../server/organizations/index.ts";
import type { endInvitationsJob, sendInvitationJob } from "../../server/organizations/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleSendInvitation: Handler<typeof sendInvitationJob> = sendInvitation;

/** Frees the seats of invitations that ran out. */
export const handleEndInvitations: Handler<typeof endInvitationsJob> = endInvitations;
