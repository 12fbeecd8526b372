import type { AppLoadContext } from "@remix-run/node";
import { refusalOf } from "../refusal.ts";
import type { OwnMembership } from "./account-types.ts";

type Procedures = AppLoadContext["caller"]["billing"]["memberships"];
export type MembershipLife = Awaited<ReturnType<Procedures["life"]>>;
export type ChangeOutcome = Awaited<ReturnType<Procedures["outcome"]>>;

/** Something unpaid, as every page of the account says it. */
export type Overdue = Awaited<ReturnType<Procedures["overdue"]>>["items"][number];

/** What a membership's page shows of one: what it is, and what can be done with it. */
export type LivingMembership = {
  membership: Pick<OwnMembership, "id" | "status" | "productName" | "plainName" | "amount" | "currency"> &
    Pick<OwnMembership, "cancelAt" | "pauseAt" | "resumeAt">;
  life: MembershipLife;
};

/** The page that shows what somebody pays for: their own memberships, or the plan of the organization that is named. */
export const lifeHome = (organizationId: string | null): string =>
  organizationId === null ? "/account/membership" : `/account/plan?organization=${encodeURIComponent(organizationId)}`;

/** Where a page goes once something was asked for: there it is told what came of it. */
export function outcomeHref(changeId: string, organizationId: string | null): string {
  const home = lifeHome(organizationId);
  return `${home}${home.includes("?") ? "&" : "?"}change=${encodeURIComponent(changeId)}`;
}

/**
 * Where somebody who comes to ask for what was asked for last, by a reload or the way back, is told what came of it; null:
 * it was something else, or came to nothing.
 */
export function askedAlready(life: MembershipLife, kind: MembershipLife["changes"][number]["kind"]): string | null {
  const [newest] = life.changes;
  return newest?.kind === kind && newest.status !== "failed" ? outcomeHref(newest.id, life.organizationId) : null;
}

/** Where somebody is told that what they wanted to keep has ended. */
export function endedHref({ id, organizationId }: Pick<MembershipLife, "id" | "organizationId">): string {
  const home = lifeHome(organizationId);
  return `${home}${home.includes("?") ? "&" : "?"}ended=${encodeURIComponent(id)}`;
}

/** What came of the wish that the address names, or of the one that came after the end; null when it names none of one's own. */
export async function outcomeOf(caller: AppLoadContext["caller"], request: Request): Promise<ChangeOutcome | null> {
  const { searchParams } = new URL(request.url);
  const changeId = searchParams.get("change");
  const id = searchParams.get("ended");
  try {
    if (changeId !== null) return await caller.billing.memberships.outcome({ changeId });
    if (id === null) return null;
    const { endedAt } = await caller.billing.memberships.life({ id });
    if (endedAt === null) return null;
    const late = { kind: "keep", status: "failed", failureCode: "ended", endedAt } as const;
    return { ...late, id, payUrl: null, productName: null };
  } catch (error) {
    if (refusalOf(error)?.kind === "not_found") return null;
    throw error;
  }
}

/** Refusals that only say that things have moved on: the page shows how they stand now. */
export function isMovedOn(error: unknown): boolean {
  return refusalOf(error)?.kind === "conflict";
}
