import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Mails an invitation's link. */
export const sendInvitationJob = defineJob({
  name: "organizations.send-invitation",
  payload: z.object({ invitationId: z.string() }),
});

/** Frees what invitations hold that ran out. */
export const endInvitationsJob = defineJob({ name: "organizations.end-invitations", payload: z.looseObject({}) });

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
