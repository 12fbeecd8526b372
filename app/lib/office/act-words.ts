import type { AuditAction } from "../../../server/kernel/audit-actions.ts";
import { wordsOf } from "../i18n/catalogues.ts";
import { fillMessage, type Translate } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";

/** What was done, in words. Every action that the code knows has some: one without does not compile here. */
export function actWord(action: AuditAction | (string & {}), locale: Locale): string {
  return isAct(action) ? wordOf(action, locale) : fillMessage(locale, "told.unknown", { code: action });
}

const wordOf = (action: AuditAction, locale: Locale) => fillMessage(locale, `acts.${action}`);

export function isAct(action: string): action is AuditAction {
  const key = `acts.${action}`;
  return Object.hasOwn(wordsOf("sv", key), key);
}

/** Who did it: a person or an organization by name (`who`), else what kind of actor it was; an id nobody has is shown as it is. */
export function actorWord(actor: string | null, who: string | null | undefined, t: Translate): string | null {
  if (who || actor === null) return who ?? null;
  const [kind = "", name = ""] = actor.split(":");
  switch (kind) {
    case "system":
      return t("told.by.system");
    case "anonymous":
      return t("told.by.anonymous");
    case "stripe":
      return t("told.by.stripe");
    case "partner":
      return t("told.by.partner", { name });
    default:
      return name || actor;
  }
}
