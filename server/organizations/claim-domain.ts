import { and, count, eq, isNull } from "drizzle-orm";
import { organizationDomains } from "../../drizzle/schema/organizations.ts";
import type { Session } from "../identity/index.ts";
import { recordAct } from "../kernel/audit.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { normalizeEmail } from "../kernel/email-address.ts";
import { newId } from "../kernel/id.ts";
import { organizationErrors } from "./errors.ts";
import { type JoiningWay, present } from "./joining.ts";
import { isPublicMailDomain, mailDomainOf } from "./public-mail-domains.ts";
import { MANAGERS, type OfficeAct, requireCompany } from "./standing.ts";

/** Domains that one company may have. */
const MOST = 10;

/**
 * A company claims the mail domain of whoever asks, and says whether people with an address there join by themselves or ask.
 * The own proven address is what shows that it is theirs, so no other domain can be named. Owners and admins may. Claimed
 * again it takes the way that was said last. Recorded. Throws `organizations.domain_public` for a provider where anybody can
 * have an address, `organizations.domain_taken`, `organizations.too_many_domains`, `organizations.role_missing`,
 * `organizations.not_found`, `organizations.personal`.
 */
export async function claimDomain(
  ctx: Ctx,
  wish: { session: Session; organizationId: string; way: JoiningWay },
): Promise<void> {
  const { session, organizationId, way } = wish;
  const domain = mailDomainOf(normalizeEmail(session.email));
  await ctx.db.transaction(async (tx) => {
    await requireCompany(tx, { organizationId, roles: MANAGERS });
    if (isPublicMailDomain(domain)) throw organizationErrors.domainPublic({ domain });
    const own = eq(organizationDomains.organizationId, organizationId);
    const [known] = await tx
      .select({ id: organizationDomains.id })
      .from(organizationDomains)
      .where(and(own, present, eq(organizationDomains.domain, domain)));
    if (known) return setWay(tx, { organizationId, domainId: known.id, way });
    const [there] = await tx.select({ domains: count() }).from(organizationDomains).where(and(own, present));
    if ((there?.domains ?? 0) >= MOST) throw organizationErrors.tooManyDomains({ most: MOST });
    // Who claims at the same moment waits here; who comes second finds it taken.
    const claimed = await tx
      .insert(organizationDomains)
      .values({
        ...{ id: newId("odm"), organizationId, domain, way },
        ...{ claimedBy: session.userId, createdAt: tx.scope.now },
      })
      .onConflictDoNothing({ target: organizationDomains.domain, where: isNull(organizationDomains.givenUpAt) })
      .returning({ id: organizationDomains.id });
    if (claimed.length === 0) throw organizationErrors.domainTaken({ domain });
    await recordAct(tx, { action: "organizations.claim_domain", subject: organizationId, reason: `${domain}: ${way}` });
  });
}

/**
 * Says whether people of a domain join by themselves or ask from now on. Owners and admins may. Recorded. Idempotent. Throws
 * `organizations.domain_not_found`, `organizations.role_missing`, `organizations.not_found`, `organizations.personal`.
 */
export async function changeJoining(
  ctx: Ctx,
  wish: { organizationId: string; domainId: string; way: JoiningWay },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await requireCompany(tx, { organizationId: wish.organizationId, roles: MANAGERS });
    await setWay(tx, wish);
  });
}

async function setWay(tx: Tx, of: { organizationId: string; domainId: string; way: JoiningWay }): Promise<void> {
  const { organizationId, way } = of;
  const [before] = await tx
    .select({ domain: organizationDomains.domain, way: organizationDomains.way })
    .from(organizationDomains)
    .where(ofCompany(of));
  if (!before) throw organizationErrors.domainNotFound();
  if (before.way === way) return;
  await tx.update(organizationDomains).set({ way }).where(ofCompany(of));
  const reason = `${before.domain}: ${way}`;
  await recordAct(tx, { action: "organizations.change_joining", subject: organizationId, reason });
}

/**
 * Gives a domain up: nobody comes in by it any more, another company may claim it, and whoever came in by it stays. Owners
 * and admins may; staff take one away from a company that it is not of. Recorded. Throws `organizations.domain_not_found`,
 * `organizations.role_missing`, `organizations.not_found`, `organizations.personal`.
 */
export async function giveUpDomain(
  ctx: Ctx,
  wish: { organizationId: string; domainId: string; office?: OfficeAct },
): Promise<void> {
  const { organizationId, office } = wish;
  await ctx.db.transaction(async (tx) => {
    await requireCompany(tx, { organizationId, roles: MANAGERS, office });
    const [given] = await tx
      .update(organizationDomains)
      .set({ givenUpAt: tx.scope.now })
      .where(ofCompany(wish))
      .returning({ domain: organizationDomains.domain });
    if (!given) throw organizationErrors.domainNotFound();
    const reason = office ? `${given.domain}: ${office.reason}` : given.domain;
    await recordAct(tx, { action: "organizations.give_up_domain", subject: organizationId, reason });
  });
}

const ofCompany = (of: { organizationId: string; domainId: string }) =>
  and(
    eq(organizationDomains.id, of.domainId),
    eq(organizationDomains.organizationId, of.organizationId),
    isNull(organizationDomains.givenUpAt),
  );
