import { and, count, eq } from "drizzle-orm";
import { organizationInvitations } from "../../drizzle/schema/organizations.ts";
import type { RateLimits, Session } from "../identity/index.ts";
import type { OrganizationRole } from "../kernel/actor.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { hashToken, newId } from "../kernel/id.ts";
import { enqueue } from "../kernel/job.ts";
import type { Links } from "../kernel/links.ts";
import { endExpired } from "./end-invitations.ts";
import { organizationErrors } from "./errors.ts";
import { isOpen, readInvitationFacts } from "./invitation-facts.ts";
import { type InvitationLine, MOST_LINES, readInvitationLines } from "./invitation-lines.ts";
import { type PlannedLine, planInvitations } from "./invitation-plan.ts";
import { sendInvitationJob } from "./jobs.ts";
import { takeSeat } from "./move-seat.ts";
import { takesSeat } from "./roles.ts";
import { readSeats } from "./seat-counts.ts";
import { MANAGERS, requireCompany, requireRole } from "./standing.ts";

/** How long a link works; technical time. */
export const INVITATION_DAYS = 7;
export const DAY_MS = 86_400_000;
/** What one person may ask for within an hour (`invitation_account`): each is a mail to somebody who may not expect it. */
const MOST_AN_HOUR = 50;
/** Beyond its seats, so many open invitations a company may have: those who only look after the payment take no seat. */
const MOST_BESIDE_SEATS = 20;

type Inviting = Ctx<{ links: Links; rateLimits: RateLimits }>;

/**
 * Asks one person into a company: they get a mail with a link that is good for seven days and once, and a seat is kept for
 * them. Owners and admins may; only owners invite owners. Recorded. Enqueues the mail. Throws
 * `organizations.already_member`, `organizations.already_invited`, `organizations.no_seat`, `organizations.role_missing`,
 * `organizations.too_many_open`, `identity.too_many_attempts`, `organizations.not_found`, `organizations.personal`.
 */
export async function inviteMember(
  ctx: Inviting,
  wish: { session: Session; organizationId: string; email: string; role: OrganizationRole },
): Promise<void> {
  const line = { line: 1, email: wish.email, role: wish.role, problem: null };
  const [planned] = await invite(ctx, { ...wish, lines: [line] });
  switch (planned?.outcome) {
    case "already_member":
      throw organizationErrors.alreadyMember();
    case "already_invited":
      throw organizationErrors.alreadyInvited();
    case "owner_only":
      throw organizationErrors.roleMissing({ roles: ["owner"] });
    case "no_seat":
      throw organizationErrors.noSeat();
  }
}

type CsvWish = { session: Session; organizationId: string; csv: string };

/**
 * What inviting these people would come to, line by line; changes nothing. Throws `organizations.no_lines`,
 * `organizations.too_many_lines`, `organizations.role_missing`, `organizations.not_found`, `organizations.personal`.
 */
export async function previewInvitations(ctx: Ctx, wish: Omit<CsvWish, "session">): Promise<PlannedLine[]> {
  const lines = linesOf(wish.csv);
  return ctx.db.transaction(
    async (tx) => {
      const standing = await requireRole(tx, { organizationId: wish.organizationId, roles: MANAGERS });
      if (standing.kind === "personal") throw organizationErrors.personal();
      return planInvitations(lines, await readInvitationFacts(tx, { standing, lines, at: ctx.technical.now() }));
    },
    { readOnly: true },
  );
}

/**
 * Invites the people of a list: each line whole (invitation, seat and mail) or not at all, as the answer says; the same
 * list again invites nobody twice. Recorded once per invitation. Enqueues the mails. Throws what the preview throws,
 * `organizations.too_many_invitations` for more than fifty at once, `organizations.too_many_open`, `identity.too_many_attempts`.
 */
export async function inviteMembers(ctx: Inviting, wish: CsvWish): Promise<PlannedLine[]> {
  return invite(ctx, { ...wish, lines: linesOf(wish.csv) });
}

function linesOf(csv: string): InvitationLine[] {
  const lines = readInvitationLines(csv);
  if (lines.length === 0) throw organizationErrors.noLines();
  if (lines.length > MOST_LINES) throw organizationErrors.tooManyLines({ most: MOST_LINES, lines: lines.length });
  return lines;
}

async function invite(
  ctx: Inviting,
  wish: { session: Session; organizationId: string; lines: readonly InvitationLine[] },
): Promise<PlannedLine[]> {
  const { session, organizationId, lines } = wish;
  const at = ctx.technical.now();
  return ctx.db.transaction(async (tx) => {
    const standing = await requireCompany(tx, { organizationId, roles: MANAGERS });
    await endExpired(tx, { at, organizationId });
    const planned = planInvitations(lines, await readInvitationFacts(tx, { standing, lines, at }));
    const invited = planned.filter(({ outcome }) => outcome === "invite");
    await requireRoomToInvite(tx, { organizationId, more: invited.length });
    // Each counts, also of requests at the same moment; what is counted here stays so when the rest is refused.
    for (const _ of invited) await ctx.providers.rateLimits.consume("invitation_account", session.userId);
    for (const line of invited) await add(tx, { line, session, organizationId, at, links: ctx.providers.links });
    return planned;
  });
}

/** The organization must be locked. */
async function requireRoomToInvite(tx: Tx, of: { organizationId: string; more: number }): Promise<void> {
  if (of.more > MOST_AN_HOUR) throw organizationErrors.tooManyInvitations({ most: MOST_AN_HOUR });
  const [there] = await tx
    .select({ open: count() })
    .from(organizationInvitations)
    .where(and(eq(organizationInvitations.organizationId, of.organizationId), isOpen));
  const { allowed } = await readSeats(tx, of.organizationId);
  const most = allowed + MOST_BESIDE_SEATS;
  if (of.more > 0 && (there?.open ?? 0) + of.more > most) throw organizationErrors.tooManyOpen({ most });
}

async function add(
  tx: Tx,
  of: { line: InvitationLine; session: Session; organizationId: string; at: Date; links: Links },
): Promise<void> {
  const { line, session, organizationId, at, links } = of;
  const invitationId = newId("oin");
  await tx.insert(organizationInvitations).values({
    ...{ id: invitationId, organizationId, email: line.email, emailNormalized: normalizeEmail(line.email) },
    ...{ role: line.role, locale: session.locale, invitedBy: session.userId, createdAt: at },
    tokenHash: hashToken(links.organizationInvitationToken(invitationId)),
    expiresAt: new Date(at.getTime() + INVITATION_DAYS * DAY_MS),
  });
  if (takesSeat(line.role)) await takeSeat(tx, { organizationId, invitationId });
  await recordAct(tx, {
    action: "organizations.invite",
    subject: organizationId,
    reason: `${invitationId} (${line.role})`,
  });
  await enqueue(tx, sendInvitationJob, { invitationId });
}
