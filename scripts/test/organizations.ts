import { afterAll } from "vitest";
import type { Session } from "../../server/identity/index.ts";
import type { OrganizationRole } from "../../server/kernel/actor.ts";
import { connect } from "../../server/kernel/db.ts";
import { acceptInvitation } from "../../server/organizations/accept-invitation.ts";
import { foundOrganization } from "../../server/organizations/found-organization.ts";
import { inviteMember } from "../../server/organizations/invite-members.ts";
import { listMembers } from "../../server/organizations/members.ts";
import { sendInvitation } from "../../server/organizations/send-invitation.ts";
import { testAccounts } from "./accounts.ts";

/** People and their companies as in production, with as many seats as the test says. */
export async function testOrganizations(expected: readonly RegExp[] = []) {
  const bench = await testAccounts(expected);
  const { service, member, as, worker, urls } = bench;
  const owner = connect(urls.owner, { name: "test-owner", max: 1 });
  afterAll(() => owner.close());

  /** How many seats plans give an organization, whichever it is. */
  const allow = (seats: number) =>
    owner.sql.begin(async (tx) => {
      await tx`grant create on schema app to kraftverk_service`;
      await tx`set local role kraftverk_service`;
      await tx.unsafe(`create or replace function app.entitled_seats(organization text) returns integer
        language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$ select ${seats} $$`);
    });

  /** Somebody with an account, signed in; no password has to be hashed for that. */
  const person = async (name: string): Promise<Session> => {
    const [userId, customerId, email] = [`usr_${name}`, `cus_${name}`, `${name}@example.se`];
    const at = bench.time.business.toISOString();
    await service.sql`insert into users (id, email, email_normalized, email_verified_at, password_hash, name, locale, created_at)
      values (${userId}, ${email}, ${email}, ${at}, '-', ${name}, 'sv', ${at})`;
    await service.sql`insert into customers (id, user_id, email, email_normalized, name, locale, created_at)
      values (${customerId}, ${userId}, ${email}, ${email}, ${name}, 'sv', ${at})`;
    return sessionOf({ userId, customerId, email, name });
  };

  const found = async (session: Session, name = "Kvarnen AB") =>
    (await foundOrganization(as(session), { session, name })).id;

  /** Mails every invitation that waits, as the worker would. */
  const deliver = async () => {
    const open = await service.sql<{ id: string }[]>`select id from organization_invitations
      where accepted_at is null and withdrawn_at is null`;
    for (const { id } of open) await sendInvitation(worker, { invitationId: id });
    await bench.deliver();
  };
  const tokenOf = async (email: string) => {
    const [row] = await service.sql<{ id: string }[]>`select id from organization_invitations
      where email_normalized = ${email} order by created_at desc, id desc limit 1`;
    if (!row) throw new Error(`nobody has invited ${email}`);
    return bench.providers.links.organizationInvitationToken(row.id);
  };

  /** Invites somebody who then accepts. */
  const join = async (by: Session, organizationId: string, who: Session, role: OrganizationRole = "member") => {
    await inviteMember(as(by), { session: by, organizationId, email: who.email, role });
    await acceptInvitation(as(who), { token: await tokenOf(who.email), session: who });
  };
  const members = (of: Session, organizationId: string) =>
    as(of).db.transaction(async (tx) => (await listMembers(tx, { organizationId, limit: 200 })).items);
  /** The membership of somebody, as its owner would find it. */
  const memberIdOf = async (organizationId: string, who: Session) => {
    const [row] = await service.sql<{ id: string }[]>`select id from organization_members
      where organization_id = ${organizationId} and user_id = ${who.userId} and left_at is null`;
    return row?.id ?? "omb_nobody";
  };
  const seats = async (organizationId: string) => {
    const rows = await service.sql<{ status: string; n: number }[]>`select status, count(*)::int as n from seats
      where organization_id = ${organizationId} group by status`;
    return Object.fromEntries(rows.map(({ status, n }) => [status, n]));
  };
  const acts = async (organizationId: string) =>
    (
      await service.sql<{ action: string; actor: string }[]>`select action, actor from audit_entries
        where subject = ${organizationId} order by at, id`
    ).map(({ action, actor }) => `${actor} ${action}`);

  return { ...bench, owner, member, allow, person, found, deliver, tokenOf, join, members, memberIdOf, seats, acts };
}

/** The session of somebody who has just proven who they are. */
export function sessionOf(who: { userId: string; customerId: string; email: string; name: string }): Session {
  const proven = { authenticatedAt: new Date(), secondFactor: false, staffLocked: false, impersonation: null };
  return { id: `ses_${who.name}`, ...who, emailVerified: true, locale: "sv", staffRole: null, ...proven };
}
