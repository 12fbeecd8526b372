import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { invariant } from "../kernel/invariant.ts";
import { projectFile } from "../kernel/project-file.ts";
import type { MailTemplates, Sender } from "./mail-templates.ts";

const built = projectFile("build/mail/templates.js");

/**
 * The mail templates as the build compiled them (`scripts/build-mail.ts`): Node runs no JSX. Read at the first mail;
 * throws there when they are not built.
 */
export function loadTemplates(sender: Sender): MailTemplates {
  let templates: Promise<MailTemplates> | undefined;
  return {
    async render(template, locale, props, brand) {
      templates ??= compiled(sender);
      return (await templates).render(template, locale, props, brand);
    },
  };
}

async function compiled(sender: Sender): Promise<MailTemplates> {
  invariant(existsSync(fileURLToPath(built)), "the mail templates are not built: npm run build");
  const { mailTemplates } = (await import(built.href)) as { mailTemplates(sender: Sender): MailTemplates };
  return mailTemplates(sender);
}
