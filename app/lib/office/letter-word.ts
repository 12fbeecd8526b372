import type { TemplateName } from "../../../server/messaging/mail-templates.ts";
import { fillMessage, type MessageKey } from "../i18n/translate.ts";
import type { Locale } from "../locale.ts";

const KEYS: { readonly [Name in TemplateName]: Extract<MessageKey, `letters.${Name}`> } = {
  "welcome-verify": "letters.welcome-verify",
  "account-exists": "letters.account-exists",
  "reset-password": "letters.reset-password",
  "change-email": "letters.change-email",
  "email-in-use": "letters.email-in-use",
  "email-changed": "letters.email-changed",
  "staff-invitation": "letters.staff-invitation",
  "organization-invitation": "letters.organization-invitation",
  "organization-newcomer": "letters.organization-newcomer",
  "organization-answer": "letters.organization-answer",
  "order-confirmation": "letters.order-confirmation",
  "payment-failed": "letters.payment-failed",
  "payment-notice": "letters.payment-notice",
  "membership-started": "letters.membership-started",
  "trial-ending": "letters.trial-ending",
  "membership-change": "letters.membership-change",
  "renewal-receipt": "letters.renewal-receipt",
  "withdrawal-received": "letters.withdrawal-received",
  "withdrawal-lowered": "letters.withdrawal-lowered",
  "withdrawal-refused": "letters.withdrawal-refused",
  "withdrawal-link": "letters.withdrawal-link",
  "withdrawal-stated": "letters.withdrawal-stated",
  "withdrawal-dismissed": "letters.withdrawal-dismissed",
  "refund-made": "letters.refund-made",
  "goods-shipped": "letters.goods-shipped",
  "credits-low": "letters.credits-low",
  "top-up-failed": "letters.top-up-failed",
};

export function isLetter(template: string): template is TemplateName {
  return Object.hasOwn(KEYS, template);
}

/** What a letter is called by staff; of a template from another version its own name. */
export function letterWord(template: string, locale: Locale): string {
  return isLetter(template) ? fillMessage(locale, KEYS[template]) : template;
}
