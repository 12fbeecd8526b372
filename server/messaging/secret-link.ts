import { eq } from "drizzle-orm";
import { checkouts } from "../../drizzle/schema/checkout.ts";
import { accountTokens, staffInvitations } from "../../drizzle/schema/identity.ts";
import { organizationInvitations } from "../../drizzle/schema/organizations.ts";
import { cardLinks } from "../../drizzle/schema/subscriptions.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { hashToken, newToken } from "../kernel/id.ts";
import { invariant } from "../kernel/invariant.ts";
import type { Links } from "../kernel/links.ts";
import { SECRET_LINK } from "./secret-placeholder.ts";

/** What a mail's secret link is for. `checkoutId`: whose order it shows. */
export type SecretLink =
  | { readonly purpose: "verify_email" | "reset_password" | "change_email" | "undo_email_change" }
  | { readonly purpose: "staff_invitation" | "organization_invitation"; readonly invitationId: string }
  | { readonly purpose: "view_order" | "withdraw"; readonly checkoutId: string }
  | { readonly purpose: "change_card"; readonly subscriptionId: string };

const MINUTE = 60_000;
/** As long as a payment is tried again, and some days more. */
const CARD_LINK_MS = 30 * 24 * 60 * MINUTE;
const ACCOUNT_LINKS = {
  verify_email: { path: "/verify", lifetime: 48 * 60 * MINUTE },
  reset_password: { path: "/reset", lifetime: 30 * MINUTE },
  change_email: { path: "/confirm-address", lifetime: 60 * MINUTE },
  undo_email_change: { path: "/undo-address", lifetime: 7 * 24 * 60 * MINUTE },
} as const;

/** What a stored mail says of its link. */
export type LinkColumns = {
  readonly linkPurpose: SecretLink["purpose"] | null;
  readonly linkSubject: string | null;
  readonly userId: string | null;
  /** Whom it was written to. */
  readonly customerId: string | null;
  readonly toAddress: string;
};

/**
 * Makes the link of a mail that is about to be sent. One to an account is a new single-use token, bound to the account,
 * the purpose and the address the mail goes to, and good for as long as its purpose needs in real time; one that changes a
 * card is bound to the membership and to whom the mail was written, so that it opens nothing once somebody else pays; one to an order or an invitation is derived from a secret of the shop, so it stays the same. Null where the mail has none.
 */
export async function mintSecretLink(tx: Tx, links: Links, mail: LinkColumns, at: Date): Promise<string | null> {
  if (mail.linkPurpose === null) return null;
  if (mail.linkPurpose === "view_order" || mail.linkPurpose === "withdraw") {
    invariant(mail.linkSubject, "a link to an order names its checkout");
    const { id, accessTokenHash, accessTokenSealed } = checkouts;
    const [checkout] = await tx
      .select({ id, accessTokenHash, accessTokenSealed })
      .from(checkouts)
      .where(eq(id, mail.linkSubject));
    invariant(checkout, "a link to an order leads to a checkout that is there");
    return mail.linkPurpose === "withdraw" ? links.withdrawUrl(checkout) : links.orderUrl(checkout);
  }
  if (mail.linkPurpose === "staff_invitation") {
    invariant(mail.linkSubject, "a link to an invitation names it");
    const { id, tokenHash } = staffInvitations;
    const [invitation] = await tx.select({ id, tokenHash }).from(staffInvitations).where(eq(id, mail.linkSubject));
    invariant(invitation, "a link to an invitation leads to one that is there");
    return links.invitationUrl(invitation);
  }
  if (mail.linkPurpose === "organization_invitation") {
    invariant(mail.linkSubject, "a link to an invitation names it");
    const { id, tokenHash } = organizationInvitations;
    const [invitation] = await tx
      .select({ id, tokenHash })
      .from(organizationInvitations)
      .where(eq(id, mail.linkSubject));
    invariant(invitation, "a link to an invitation leads to one that is there");
    return links.organizationInvitationUrl(invitation);
  }
  if (mail.linkPurpose === "change_card") {
    invariant(mail.linkSubject, "a link that changes a card names its membership");
    const { customerId } = mail;
    invariant(customerId, "a link that changes a card is for whoever the mail was written to");
    const token = newToken();
    const expiresAt = new Date(at.getTime() + CARD_LINK_MS);
    await tx
      .insert(cardLinks)
      .values({ tokenHash: hashToken(token), subscriptionId: mail.linkSubject, customerId, expiresAt, createdAt: at });
    return links.absolute(`/card?token=${token}`);
  }
  invariant(mail.userId, "a link to an account belongs to a user");
  const { path, lifetime } = ACCOUNT_LINKS[mail.linkPurpose];
  const token = newToken();
  await tx.insert(accountTokens).values({
    tokenHash: hashToken(token),
    userId: mail.userId,
    purpose: mail.linkPurpose,
    emailNormalized: normalizeEmail(mail.toAddress),
    expiresAt: new Date(at.getTime() + lifetime),
    createdAt: at,
  });
  return links.absolute(`${path}?token=${token}`);
}

/** The copy that is sent: the stored one with its real link. */
export function fillSecretLink(
  copy: { html: string; text: string },
  link: string | null,
): { html: string; text: string } {
  if (link === null) return copy;
  return { html: copy.html.replaceAll(SECRET_LINK, () => link), text: copy.text.replaceAll(SECRET_LINK, () => link) };
}
