import { sql } from "drizzle-orm";
import { enterByMailedLink, type OpenedSession, type RateLimits, type Session } from "../identity/index.ts";
import type { OrganizationRole } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { hashToken, newId } from "../kernel/id.ts";
import { organizationErrors } from "./errors.ts";

/** What the link shows to whoever has it, and how they may answer. */
export type OpenInvitation = {
  readonly organizationName: string;
  readonly email: string;
  readonly role: OrganizationRole;
  readonly invitedBy: string;
  /** `accept`: signed in with this address. `sign_in`: it has an account. `sign_up`: it has none. `other`: signed in as somebody else. */
  readonly way: "accept" | "sign_in" | "sign_up" | "other";
};

type Found = {
  organization_name: string;
  email: string;
  email_normalized: string;
  role: OrganizationRole;
  invited_by: string;
  has_account: boolean;
};

async function find(ctx: Ctx, token: string): Promise<Found> {
  const at = ctx.technical.now().toISOString();
  const [found] = await ctx.db.transaction((tx) =>
    tx.execute<Found>(sql`select * from app.organization_invitation_lookup(${hashToken(token)}, ${at}::timestamptz)`),
  );
  if (!found) throw organizationErrors.linkInvalid();
  return found;
}

/** What an invitation's link leads to. Throws `organizations.link_invalid`. */
export async function readInvitation(
  ctx: Ctx,
  asked: { token: string; session: Session | null },
): Promise<OpenInvitation> {
  const found = await find(ctx, asked.token);
  const { email, role } = found;
  const signedIn = asked.session && normalizeEmail(asked.session.email) === found.email_normalized;
  const nobody = found.has_account ? "sign_in" : "sign_up";
  const way = asked.session ? (signedIn ? "accept" : "other") : nobody;
  return { organizationName: found.organization_name, email, role, invitedBy: found.invited_by, way };
}

/**
 * Somebody who is signed in takes up the invitation to their address: from now on they are a member, in the seat that was
 * kept for them. Works once; two at once make one membership. Recorded. Throws `organizations.link_invalid`,
 * `organizations.other_address`, `organizations.no_seat` (the plan shrank; the invitation stays open).
 */
export function acceptInvitation(ctx: Ctx, wish: { token: string; session: Session }): Promise<{ id: string }> {
  const { token, session } = wish;
  return ctx.db.transaction((tx) => takeUp(ctx, tx, { token, userId: session.userId }));
}

/**
 * Takes up an invitation without being signed in: the link has shown that they read the mailbox. Where the address has an
 * account, its password is asked for; where it has none, one is made with this password, and its browser signed in. The
 * account and the membership come together or not at all. Recorded. Throws what the signed-in way throws, and
 * `identity.wrong_password`, `identity.weak_password`, `identity.too_many_attempts`, `identity.busy`.
 */
export async function joinByInvitation(
  ctx: Ctx<{ rateLimits: RateLimits }>,
  wish: {
    readonly token: string;
    readonly password: string;
    readonly name?: string | undefined;
    readonly locale: "sv" | "en";
    readonly ip: string;
    readonly userAgent: string | null;
  },
): Promise<{ id: string; opened: OpenedSession | null }> {
  await ctx.providers.rateLimits.consume("link_address", wish.ip);
  const { email } = await find(ctx, wish.token);
  const { result, opened } = await enterByMailedLink(ctx, { ...wish, email }, (tx, { userId }) =>
    takeUp(ctx, tx, { token: wish.token, userId }),
  );
  return { ...result, opened };
}

async function takeUp(ctx: Ctx, tx: Tx, of: { token: string; userId: string }): Promise<{ id: string }> {
  const at = ctx.technical.now().toISOString();
  const business = tx.scope.now.toISOString();
  const [row] = await tx.execute<{ outcome: string }>(sql`
    select app.accept_organization_invitation(${hashToken(of.token)}, ${of.userId}, array[${newId("omb")}],
      ${at}::timestamptz, ${business}::timestamptz) as outcome`);
  const outcome = row?.outcome;
  switch (outcome) {
    case undefined:
    case "gone":
      throw organizationErrors.linkInvalid();
    case "address":
      throw organizationErrors.otherAddress();
    case "no_seat":
      throw organizationErrors.noSeat();
    default:
      await recordAct(tx, { action: "organizations.join", subject: outcome, reason: of.userId });
      return { id: outcome };
  }
}
