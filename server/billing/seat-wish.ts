import { eq } from "drizzle-orm";
import { organizations } from "../../drizzle/schema/organizations.ts";
import type { Tx } from "../kernel/db.ts";
import { countSeats } from "../organizations/index.ts";
import { type Membership, subscriptionErrors } from "../subscriptions/index.ts";
import { type Reach, reachMembership } from "./own-membership.ts";
import { type QuantityAnswer, quantityTiming, requireCountable } from "./quantity-terms.ts";

/** More seats than this are not sold at once. */
const MOST_SEATS = 1_000;

/**
 * How many seats there can be in all: of a personal organization, in which nobody else can sit, none beyond what it has already.
 */
export async function mostSeats(tx: Tx, of: Pick<Membership, "organizationId" | "includedSeats" | "extraSeats">) {
  const { id, kind } = organizations;
  const [found] = await tx
    .select({ kind })
    .from(organizations)
    .where(eq(id, of.organizationId ?? ""));
  return found?.kind === "personal" ? { personal: true, most: (of.includedSeats ?? 1) + of.extraSeats } : COMPANY;
}
const COMPANY = { personal: false, most: MOST_SEATS } as const;

export type SeatRequest = {
  readonly id: string;
  /** How many seats there are to be in all: those that the plan holds and those bought beside it. */
  readonly seats: number;
  /** The ids of the seats that are taken from somebody when there are fewer. */
  readonly leavers: readonly string[];
};

/**
 * What asking for so many seats would come to, as things stand. Only looks. Throws `subscriptions.not_found`,
 * `subscriptions.change_in_progress`, `subscriptions.change_booked`, `subscriptions.change_not_allowed`,
 * `subscriptions.no_seats_sold`, `subscriptions.seats_need_company`, `subscriptions.seats_out_of_range`, `subscriptions.same_seats`,
 * `subscriptions.seats_in_use` with how many have to go, `subscriptions.leaver_gone`.
 */
export async function seatTerms(tx: Tx, wish: SeatRequest, reach: Reach): Promise<QuantityAnswer> {
  const membership = await reachMembership(tx, wish.id, reach);
  await requireCountable(tx, membership, { kind: "seats", timing: "now" });
  const { organizationId, includedSeats, seatAmount, extraSeats: present, amount, quantity } = membership;
  if (organizationId === null || includedSeats === null || seatAmount === null) throw subscriptionErrors.noSeatsSold();
  const { seats, leavers } = wish;
  const { personal, most } = await mostSeats(tx, membership);
  if (personal && seats > most) throw subscriptionErrors.seatsNeedCompany({ field: "seats" });
  if (seats < includedSeats || seats > most)
    throw subscriptionErrors.seatsOutOfRange({ field: "seats", least: includedSeats, most });
  const extraSeats = seats - includedSeats;
  if (extraSeats === present) throw subscriptionErrors.sameSeats();
  const fewer = extraSeats < present;
  const counted = await countSeats(tx, { organizationId, named: leavers });
  if (counted.named !== new Set(leavers).size || (!fewer && leavers.length > 0)) throw subscriptionErrors.leaverGone();
  const over = counted.taken - counted.named - (counted.entitled - present + extraSeats);
  if (fewer && over > 0) throw subscriptionErrors.seatsInUse({ field: "leavers", over, missing: over + counted.named });
  return {
    membership,
    terms: {
      ...{ kind: "seats", quantity: seats, quantityBefore: quantity, extraSeats, extraBefore: present, includedSeats },
      ...{ eachAmount: seatAmount, timing: quantityTiming(membership, fewer) },
      amount: amount + (extraSeats - present) * seatAmount,
    },
  };
}
