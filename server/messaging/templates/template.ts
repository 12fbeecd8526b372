import type { ReactNode } from "react";
import type { Locale } from "../../../app/lib/locale.ts";
import type { Sender, TemplateName, TemplateProps } from "../mail-templates.ts";

/**
 * One mail in one language: its subject, the line a mailbox shows beside it, and what is on the sheet. `why` says why it comes, where it may go
 * to an address without an account or a purchase.
 */
export type Template<Name extends TemplateName> = (
  locale: Locale,
  props: TemplateProps[Name],
  sender: Sender,
) => { readonly subject: string; readonly preview: string; readonly body: ReactNode; readonly why?: string };
