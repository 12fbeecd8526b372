import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import { customers, users } from "../../drizzle/schema/identity.ts";
import { organizationJoinRequests, organizationMembers, organizations } from "../../drizzle/schema/organizations.ts";
import type { Ctx } from "../kernel/ctx.ts";
import type { Tx } from "../kernel/db.ts";
import { type MailPorts, mailAtOnce, queueEmail } from "../messaging/index.ts";
import { readBrand } from "./brand.ts";
import { MANAGERS } from "./standing.ts";

/** How many of those who look after a company are told; nobody needs more. */
const MOST_TOLD = 20;

type Sending = Ctx<MailPorts>;

/**
 * Queues the mails to the owners and admins of a company: who came in by its domain, or asks to, and where that is answered.
 * Once for each of them; nothing where somebody has answered an asking already. Service role. Idempotent.
 */
export async function tellOfNewcomer(ctx: Sending, { requestId }: { requestId: string }): Promise<void> {
  const facts = await ctx.db.transaction((tx) => factsOf(tx, requestId), { readOnly: true });
  if (!facts) return;
  const { request, organization, newcomer } = facts;
  const alone = request.accepted === true && request.answeredBy === null;
  if (request.answeredAt && !alone) return;
  const what = alone ? ("joined" as const) : request.lackedSeat ? ("full" as const) : ("asked" as const);
  const [managers, brand] = await ctx.db.transaction(
    async (tx) => [await managersOf(tx, organization.id), await readBrand(tx, organization.id)] as const,
    { readOnly: true },
  );
  const url = ctx.providers.links.absolute("/account/organization");
  for (const to of managers) {
    const told = { organization: organization.name ?? "", who: newcomer.name, email: newcomer.email, what, url };
    const mail = await ctx.providers.templates.render("organization-newcomer", to.locale, told, brand);
    await ctx.db.transaction((tx) =>
      queueEmail(tx, {
        ...{ mail, dedupeKey: `organization-newcomer:${requestId}:${to.userId}`, to: to.email },
        ...{ userId: to.userId, customerId: to.customerId, link: null, cause: "came by the company's domain" },
      }),
    );
  }
}

/** Sends the mail to whoever asked to come in: what somebody answered. Service role. Idempotent. */
export async function answerNewcomer(ctx: Sending, { requestId }: { requestId: string }): Promise<void> {
  const facts = await ctx.db.transaction((tx) => factsOf(tx, requestId), { readOnly: true });
  if (!facts?.request.answeredBy) return;
  const { request, organization, newcomer } = facts;
  const told = {
    organization: organization.name ?? "",
    accepted: request.accepted === true,
    url: ctx.providers.links.absolute("/account/organization"),
  };
  const brand = await ctx.db.transaction((tx) => readBrand(tx, organization.id), { readOnly: true });
  const mail = await ctx.providers.templates.render("organization-answer", newcomer.locale, told, brand);
  await mailAtOnce(ctx, {
    ...{ mail, dedupeKey: `organization-answer:${requestId}`, to: newcomer.email },
    ...{ userId: newcomer.userId, customerId: newcomer.customerId, link: null, cause: "asked to come in" },
  });
}

const person = {
  userId: users.id,
  email: users.email,
  name: users.name,
  locale: users.locale,
  customerId: customers.id,
};

async function factsOf(tx: Tx, requestId: string) {
  const [row] = await tx
    .select({ request: organizationJoinRequests, organization: organizations, newcomer: person })
    .from(organizationJoinRequests)
    .innerJoin(organizations, eq(organizations.id, organizationJoinRequests.organizationId))
    .innerJoin(users, eq(users.id, organizationJoinRequests.userId))
    .leftJoin(customers, eq(customers.userId, users.id))
    .where(and(eq(organizationJoinRequests.id, requestId), isNull(users.disabledAt)));
  return row ?? null;
}

function managersOf(tx: Tx, organizationId: string) {
  return tx
    .select(person)
    .from(organizationMembers)
    .innerJoin(users, eq(users.id, organizationMembers.userId))
    .leftJoin(customers, eq(customers.userId, users.id))
    .where(
      and(
        eq(organizationMembers.organizationId, organizationId),
        inArray(organizationMembers.role, [...MANAGERS]),
        isNull(organizationMembers.leftAt),
        isNull(users.disabledAt),
      ),
    )
    .orderBy(asc(organizationMembers.joinedAt))
    .limit(MOST_TOLD);
}
