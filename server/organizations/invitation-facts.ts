import { and, eq, inArray, isNull, lte, sql } from "drizzle-orm";
import { organizationInvitations } from "../../drizzle/schema/organizations.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import type { InvitationLine } from "./invitation-lines.ts";
import type { InvitationFacts } from "./invitation-plan.ts";
import { readSeats } from "./seat-counts.ts";
import type { Standing } from "./standing.ts";

/** Invitations that nobody has taken up or back. */
export const isOpen = and(isNull(organizationInvitations.acceptedAt), isNull(organizationInvitations.withdrawnAt));

/** What is known of an organization and of the addresses in `lines`. `at` is technical time. */
export async function readInvitationFacts(
  tx: Tx,
  asked: { standing: Standing; lines: readonly InvitationLine[]; at: Date },
): Promise<InvitationFacts> {
  const { standing, at } = asked;
  const emails = [...new Set(asked.lines.filter((line) => !line.problem).map(({ email }) => normalizeEmail(email)))];
  const list = sql.join(
    emails.map((email) => sql`${email}`),
    sql`, `,
  );
  const members =
    emails.length === 0
      ? []
      : await tx.execute<{ email: string }>(sql`select email_normalized as email
          from app.organization_people(${standing.id}) where email_normalized in (${list})`);
  const { emailNormalized, organizationId, expiresAt, id } = organizationInvitations;
  const open = and(eq(organizationId, standing.id), isOpen);
  const invited =
    emails.length === 0
      ? []
      : await tx
          .select({ email: emailNormalized })
          .from(organizationInvitations)
          .where(and(open, inArray(emailNormalized, emails), sql`${expiresAt} > ${at.toISOString()}::timestamptz`));
  const seats = await readSeats(tx, standing.id);
  // What the invitations that ran out still hold is free again as soon as somebody is invited.
  const [stale] = await tx.execute<{ held: number }>(sql`select count(*)::int as held from seats
    where status = 'pending' and invitation_id in (${tx
      .select({ id })
      .from(organizationInvitations)
      .where(and(open, lte(expiresAt, at)))})`);
  return {
    members: new Set([...members].map(({ email }) => email)),
    invited: new Set(invited.map(({ email }) => email)),
    freeSeats: Math.max(0, seats.allowed - seats.claimed - (seats.pending - (stale?.held ?? 0))),
    byOwner: standing.role === "owner",
  };
}
