import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { invariant } from "../kernel/invariant.ts";
import { projectFile } from "../kernel/project-file.ts";
import type { MailTemplates, Sender } from "./mail-templates.ts";

const built = projectFile("build/mail/templates.js");

type Make = (sender: Sender) => MailTemplates;
/** Who sells, as it is now. */
type Seller = { look(): Promise<void>; current(): Sender["company"] };

/**
 * The mail templates as the build compiled them (`scripts/build-mail.ts`): Node runs no JSX. Read at the first mail, and who sells at each;
 * throws there when they are not built.
 */
export function loadTemplates({ baseUrl, company }: { baseUrl: string; company: Seller }): MailTemplates {
  let made: Promise<Make> | undefined;
  return {
    async render(template, locale, props, brand) {
      made ??= compiled();
      const [make] = await Promise.all([made, company.look()]);
      return make({ baseUrl, company: company.current() }).render(template, locale, props, brand);
    },
  };
}

async function compiled(): Promise<Make> {
  invariant(existsSync(fileURLToPath(built)), "the mail templates are not built: npm run build");
  const { mailTemplates } = (await import(built.href)) as { mailTemplates: Make };
  return mailTemplates;
}
