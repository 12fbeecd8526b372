import {
  answerNewcomer,
  endInvitations,
  lapseDomains,
  sendInvitation,
  tellOfNewcomer,
} from "../../server/organizations/index.ts";
import type {
  answerNewcomerJob,
  endInvitationsJob,
  lapseDomainsJob,
  sendInvitationJob,
  tellOfNewcomerJob,
} from "../../server/organizations/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleSendInvitation: Handler<typeof sendInvitationJob> = sendInvitation;

export const handleTellOfNewcomer: Handler<typeof tellOfNewcomerJob> = tellOfNewcomer;

export const handleAnswerNewcomer: Handler<typeof answerNewcomerJob> = answerNewcomer;

export const handleLapseDomains: Handler<typeof lapseDomainsJob> = lapseDomains;

/** Frees the seats of invitations that ran out. */
export const handleEndInvitations: Handler<typeof endInvitationsJob> = endInvitations;
