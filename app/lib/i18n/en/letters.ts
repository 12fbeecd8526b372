import type { letters as source } from "../sv/letters.ts";
import type { Message } from "../translate.ts";

/** What each letter of the shop is, as staff know it. */
export const letters = {
  "letters.welcome-verify": "Confirm the email address, to a new account",
  "letters.account-exists": "The account exists already, to whoever makes it again",
  "letters.reset-password": "Link to a new password",
  "letters.change-email": "Confirm a new email address",
  "letters.email-in-use": "The address is in use already",
  "letters.email-changed": "The email address was changed",
  "letters.staff-invitation": "Invitation to the staff",
  "letters.organization-invitation": "Invitation to an organization",
  "letters.organization-newcomer": "Somebody joined the company or asks to",
  "letters.organization-answer": "Answer to somebody who asked to join a company",
  "letters.order-confirmation": "Receipt and order confirmation",
  "letters.payment-failed": "The payment did not go through",
  "letters.payment-notice": "News of a payment",
  "letters.membership-started": "The membership has started",
  "letters.trial-ending": "The trial is ending",
  "letters.membership-change": "The membership changes",
  "letters.renewal-receipt": "Receipt of a renewal",
  "letters.withdrawal-received": "The withdrawal was received",
  "letters.withdrawal-lowered": "A deduction from what is refunded",
  "letters.withdrawal-refused": "The withdrawal was refused",
  "letters.withdrawal-link": "Link to withdraw from a purchase",
  "letters.withdrawal-stated": "Withdrawal without a link, acknowledged",
  "letters.withdrawal-dismissed": "Withdrawal closed without a refund",
  "letters.refund-made": "Money was paid back",
  "letters.goods-shipped": "The goods were sent",
  "letters.credits-low": "The credits are running out",
  "letters.top-up-failed": "Credits could not be topped up",
} as const satisfies Record<keyof typeof source, Message>;
