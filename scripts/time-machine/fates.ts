import { randomFrom } from "../prove/random.ts";

/** What a member does, or what befalls them, in the year; days are counted from its beginning. */
export type Fate =
  | { readonly kind: "steady" }
  /** The bank refuses a renewal and lets a later try through. */
  | { readonly kind: "recovers"; readonly from: number; readonly days: number }
  /** The card is lost: no try goes through. */
  | { readonly kind: "lost"; readonly from: number }
  /** The bank refuses, and another card comes some days later. */
  | { readonly kind: "new-card"; readonly from: number; readonly days: number }
  | { readonly kind: "cancels"; readonly from: number }
  /** Says that it shall end, and takes it back. */
  | { readonly kind: "stays"; readonly from: number; readonly days: number }
  | { readonly kind: "changes-plan"; readonly from: number }
  | { readonly kind: "pauses"; readonly from: number; readonly months: number }
  /** A company that changes how many seats it has; in some of them so many others are asked in and take one each. */
  | { readonly kind: "seats"; readonly steps: readonly SeatStep[]; readonly colleagues: number };

/** From a day on so many seats are wished for, in all. */
export type SeatStep = { readonly day: number; readonly seats: number };

export type Member = {
  readonly email: string;
  /** Days after the first ones. */
  readonly joins: number;
  readonly productId: string;
  /** The plan of a company that they found, which is that product; null: a membership of their own. */
  readonly planCode?: string | null;
  readonly interval: "month" | "year";
  /** How many of it they buy; one where nothing is said. */
  readonly units?: number;
  readonly fate: Fate;
};

/** Everybody has joined by then, and the year begins. */
export const JOINING_DAYS = 28;
const BATCH_DAYS = 3;

type Share<What> = { readonly share: number; readonly what: What };

/** Of a hundred members: so many of each fate; whoever is left is steady. */
const OF_A_HUNDRED = [
  { share: 6, what: "recovers" },
  { share: 3, what: "lost" },
  { share: 3, what: "new-card" },
  { share: 6, what: "cancels" },
  { share: 2, what: "stays" },
  { share: 4, what: "changes-plan" },
  { share: 2, what: "pauses" },
] as const;

/** Of a hundred members: what so many buy. Memberships cost kronor, plans of companies dollars. */
const USUAL = { productId: "oppet", planCode: null };
const BOUGHT: readonly Share<Pick<Member, "productId" | "planCode">>[] = [
  { share: 56, what: USUAL },
  { share: 24, what: { productId: "oppet-plus", planCode: null } },
  { share: 15, what: { productId: "promptforge-pro", planCode: "pro" } },
  { share: 5, what: { productId: "promptforge-enterprise", planCode: "enterprise" } },
];

/** Of the membership of which several may be had every third buys more than one, up to as many as may be. */
const SEVERAL = { productId: "oppet-plus", oneOf: 3, most: 4 } as const;

/** Of the companies whose plan sells seats, every other buys some, and of these in one of three people sit on them. */
const SEATED = { planCode: "enterprise", holds: 5, buysOneOf: 2, fillsOneOf: 3 } as const;

const DAY_MS = 86_400_000;

/** Who they are, by seed, size and dates alone: half of them yearly, joining over four weeks from `startsAt`. */
export function membersOf(of: { seed: number; size: number; days: number; startsAt: Date }): Member[] {
  const random = randomFrom(of.seed);
  // Drawn by itself: what befalls whom does not hang on how many somebody buys.
  const counted = randomFrom(of.seed + 1);
  return Array.from({ length: of.size }, (_, index) => {
    const interval = index % 2 === 0 ? "month" : "year";
    const joins = random.below(Math.ceil(JOINING_DAYS / BATCH_DAYS)) * BATCH_DAYS;
    const email = `member-${String(index).padStart(5, "0")}@example.com`;
    const bought = drawn(BOUGHT) ?? USUAL;
    const seats = bought.planCode === SEATED.planCode && random.below(SEATED.buysOneOf) === 0;
    const several = bought.productId === SEVERAL.productId && counted.below(SEVERAL.oneOf) === 0;
    const units = several ? 2 + counted.below(SEVERAL.most - 1) : 1;
    return { email, joins, ...bought, interval, units, fate: seats ? buysSeats() : fateOf(interval, joins) };
  });

  /** More seats, more once again, then fewer, and in the end more than ever; days enough between them for each to be done. */
  function buysSeats(): Fate {
    const later = (day: number) => day + 5 + random.below(Math.max(1, Math.floor(of.days / 5)));
    const first = {
      day: 1 + random.below(Math.max(1, Math.floor(of.days / 4))),
      seats: SEATED.holds + 1 + random.below(4),
    };
    const more = { day: later(first.day), seats: first.seats + 1 + random.below(2) };
    const fewer = { day: later(more.day), seats: SEATED.holds + random.below(first.seats - SEATED.holds) };
    const again = { day: later(fewer.day), seats: more.seats + 1 };
    const colleagues = random.below(SEATED.fillsOneOf) === 0 ? first.seats - 1 : 0;
    return { kind: "seats", steps: [first, more, fewer, again], colleagues };
  }

  /** One of them, each as often of a hundred as its share says; undefined for what is left of the hundred. */
  function drawn<What>(shares: readonly Share<What>[]): What | undefined {
    let place = random.below(100);
    return shares.find(({ share }) => {
      place -= share;
      return place < 0;
    })?.what;
  }

  function fateOf(interval: Member["interval"], joins: number): Fate {
    const chosen = drawn(OF_A_HUNDRED);
    const any = 1 + random.below(Math.max(1, of.days - 40));
    const months = interval === "year" ? 12 : 1 + random.below(Math.max(1, Math.floor(of.days / 31) - 1));
    // The bank has to refuse when something is charged: from the day before.
    const from = Math.max(1, renewalDay(joins, months) - 1);
    switch (chosen) {
      case "recovers":
        return { kind: "recovers", from, days: 6 + random.below(7) };
      case "lost":
        return { kind: "lost", from };
      case "new-card":
        return { kind: "new-card", from, days: 7 + random.below(5) };
      case "cancels":
        return { kind: "cancels", from: any };
      case "stays":
        return { kind: "stays", from: any, days: 1 + random.below(5) };
      case "changes-plan":
        return { kind: "changes-plan", from: any };
      case "pauses":
        return { kind: "pauses", from: any, months: 1 + random.below(3) };
      default:
        return { kind: "steady" };
    }
  }

  /** The day of the year on which the membership renews for the so-manieth month. Nobody joins after the 28th. */
  function renewalDay(joins: number, months: number): number {
    const at = new Date(of.startsAt.getTime() + joins * DAY_MS);
    at.setUTCMonth(at.getUTCMonth() + months);
    return Math.floor((at.getTime() - of.startsAt.getTime()) / DAY_MS) - JOINING_DAYS;
  }
}
