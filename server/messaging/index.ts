import type { Sweep } from "../kernel/sweep.ts";
import { sweepEmailsJob } from "./jobs.ts";

export { loadTemplates } from "./load-templates.ts";
export { type MailPorts, mailAtOnce } from "./mail-at-once.ts";
export type { DeclineClass } from "./mail-facts.ts";
export type {
  MailBrand,
  MailTemplates,
  RenderedEmail,
  Sender,
  TemplateName,
  TemplateProps,
} from "./mail-templates.ts";
export type { Mailer, OutgoingMail } from "./mailer.ts";
export { namedUnits } from "./named-units.ts";
export { type QueuedEmail, queueEmail } from "./queue-email.ts";
export type { SecretLink } from "./secret-link.ts";
export { SECRET_LINK } from "./secret-placeholder.ts";
export { sendEmail } from "./send-email.ts";
export { sweepEmails } from "./sweep-emails.ts";
export { type Way, wayOf } from "./way-of.ts";

/** A mail is late by real time only, so a moved clock makes none due: the minute's run is its only alarm. */
export const sweep: Sweep = { name: "messaging", job: sweepEmailsJob, nextDue: async () => null };
