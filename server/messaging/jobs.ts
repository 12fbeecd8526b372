import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** How often one mail is tried: with the queue's backoff, over about a day. */
export const SEND_ATTEMPTS = 14;

/** A sending is over by then, however it went: the mailer gives up after 45 seconds. */
export const SENDING_LOST_AFTER_MS = 50_000;

export const sendEmailJob = defineJob({
  name: "messaging.send",
  payload: z.object({ emailId: z.string() }),
  attempts: SEND_ATTEMPTS,
});

/** Finds mails whose sending never came back. */
export const sweepEmailsJob = defineJob({ name: "messaging.sweep", payload: z.object({}), attempts: 3 });
