import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { invariant } from "../kernel/invariant.ts";
import type { MailTemplates, Sender } from "./mail-templates.ts";

const built = new URL("../../build/mail/templates.js", import.meta.url);

/** The mail templates as the build compiled them (`scripts/build-mail.ts`): Node runs no JSX. One load serves a process. */
export async function loadTemplates(sender: Sender): Promise<MailTemplates> {
  invariant(existsSync(fileURLToPath(built)), "the mail templates are not built: npm run build");
  const { mailTemplates } = (await import(built.href)) as { mailTemplates(sender: Sender): MailTemplates };
  return mailTemplates(sender);
}
