import { sendEmail, sweepEmails } from "../../server/messaging/index.ts";
import type { sendEmailJob, sweepEmailsJob } from "../../server/messaging/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleSendEmail: Handler<typeof sendEmailJob> = sendEmail;
export const handleSweepEmails: Handler<typeof sweepEmailsJob> = (ctx) => sweepEmails(ctx);
