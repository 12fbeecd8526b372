import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Mails an invitation's link. */
export const sendInvitationJob = defineJob({
  name: "organizations.send-invitation",
  payload: z.object({ invitationId: z.string() }),
});

/** Frees what invitations hold that ran out. */
export const endInvitationsJob = defineJob({ name: "organizations.end-invitations", payload: z.looseObject({}) });
