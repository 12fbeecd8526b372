import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Mails an invitation's link. */
export const sendInvitationJob = defineJob({
  name: "organizations.send-invitation",
  payload: z.object({ invitationId: z.string() }),
});

/** Frees what invitations hold that ran out. */
export const endInvitationsJob = defineJob({ name: "organizations.end-invitations", payload: z.looseObject({}) });

/** Gives up the domains of a company, or of those that somebody is or was in, that nobody shows any more, and takes back what is shown again. */
export const lapseDomainsJob = defineJob({
  name: "organizations.lapse-domains",
  payload: z.union([z.object({ organizationId: z.string() }), z.object({ userId: z.string() })]),
});

/** Tells owners and admins who came in by the company's domain, or asks to. */
export const tellOfNewcomerJob = defineJob({
  name: "organizations.tell-of-newcomer",
  payload: z.object({ requestId: z.string() }),
});

/** Tells whoever asked to come in what was answered. */
export const answerNewcomerJob = defineJob({
  name: "organizations.answer-newcomer",
  payload: z.object({ requestId: z.string() }),
});
