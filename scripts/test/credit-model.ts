/** A grant as the model has it. Instants are milliseconds; `until` is infinite where it never runs out. */
export type ModelGrant = {
  readonly id: string;
  readonly priority: number;
  readonly until: number;
  readonly made: number;
  /** The purchase; empty for what was given. */
  readonly sourceId: string;
  readonly basis: "paid" | "free";
  left: number;
  used: number;
  held: number;
  reclaimed: number;
  owedBack: number;
};

/** Credits of a purchase that were asked back: what was free, what reservations held, what was spent already. */
export type ModelReclaim = {
  readonly id: string;
  readonly key: string;
  readonly grant: ModelGrant;
  readonly taken: number;
  readonly spent: number;
  waiting: number;
  /** What was found, of what waited, when reservations ended. */
  readonly collected: { id: string; taken: number; spent: number; debt: boolean; decided: boolean }[];
  debt: boolean;
  decided: boolean;
};

export type ModelHold = {
  readonly id: string;
  readonly credits: number;
  readonly until: number;
  readonly parts: [ModelGrant, number][];
};

type NewGrant = Pick<ModelGrant, "id" | "priority" | "until" | "sourceId" | "basis"> & { readonly credits: number };

/** What somebody chose for their saved card: credits, and minor units of money. */
export const TOP_UP = { below: 60, credits: 100, price: 1_000, dailyCap: 2_000, monthlyCap: 7_000, validDays: 365 };

const stockholm = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Stockholm" });

/** What credits should do, in a few lines without a database. */
export class CreditModel {
  grants: ModelGrant[] = [];
  holds: ModelHold[] = [];
  reclaims: ModelReclaim[] = [];
  debt = 0;
  /** The shop's day of every charge of the saved card. */
  charges: string[] = [];

  open(now: number): ModelGrant[] {
    return this.grants
      .filter(({ left, until }) => left > 0 && until > now)
      .toSorted((a, b) => a.priority - b.priority || a.until - b.until || a.made - b.made || (a.id < b.id ? -1 : 1));
  }

  available(now: number): number {
    return this.open(now).reduce((sum, { left }) => sum + left, 0);
  }

  /** What is owed to the customer in credits of one kind, and how much of that is held: two columns of the ledger. */
  liability(basis: "paid" | "free"): { posted: number; held: number } {
    const grants = this.grants.filter((grant) => grant.basis === basis);
    const held = grants.reduce((sum, grant) => sum + grant.held, 0);
    return { posted: grants.reduce((sum, grant) => sum + grant.left, held), held };
  }

  grant(now: number, { credits, ...made }: NewGrant): void {
    const grant = { ...made, made: now, left: credits, used: 0, held: 0, reclaimed: 0, owedBack: 0 };
    this.grants.push(grant);
    this.settle(grant);
  }

  take(now: number, credits: number, as: "used" | "held" | "reclaimed"): [ModelGrant, number][] {
    const parts: [ModelGrant, number][] = [];
    let need = credits;
    for (const grant of this.open(now)) {
      const taken = Math.min(need, grant.left);
      if (taken === 0) break;
      grant.left -= taken;
      grant[as] += taken;
      need -= taken;
      parts.push([grant, taken]);
    }
    this.debt += as === "used" ? need : 0;
    return parts;
  }

  end(now: number, hold: ModelHold, actual: number): void {
    this.holds = this.holds.filter((one) => one !== hold);
    let rest = actual;
    for (const [grant, held] of hold.parts) {
      const used = Math.min(rest, held);
      rest -= used;
      grant.held -= held;
      grant.used += used;
      grant.left += held - used;
    }
    if (rest > 0) this.take(now, rest, "used");
  }

  /** What time and the sweep do. */
  sweep(now: number): void {
    for (const hold of this.holds.filter(({ until }) => until <= now)) this.end(now, hold, 0);
    this.collect();
    for (const grant of this.grants) if (grant.until <= now) grant.left = 0;
  }

  /** Credits that were asked back while reservations held them, and are free or spent by now. */
  collect(): void {
    for (const grant of this.grants) {
      let free = Math.min(grant.owedBack, grant.left);
      let spent = Math.max(0, grant.owedBack - free - grant.held);
      grant.left -= free;
      grant.reclaimed += free;
      grant.owedBack -= free + spent;
      for (const asking of this.reclaims.filter((one) => one.grant === grant)) {
        const taken = Math.min(asking.waiting, free);
        const gone = Math.min(asking.waiting - taken, spent);
        asking.waiting -= taken + gone;
        free -= taken;
        spent -= gone;
        if (taken + gone > 0) asking.collected.push({ id: "", taken, spent: gone, debt: false, decided: false });
      }
    }
  }

  /** All of a purchase is asked back, or so many credits of it. */
  reclaim(grant: ModelGrant, { id, key, credits }: { id: string; key: string; credits: number }): void {
    this.collect();
    const asked = this.reclaims.filter((one) => one.grant === grant);
    const before = asked.reduce(
      (sum, one) => sum + one.spent + one.collected.reduce((all, { spent }) => all + spent, 0),
      0,
    );
    const taken = Math.min(credits, grant.left);
    const waiting = Math.min(credits - taken, grant.held - grant.owedBack);
    const spent = Math.min(credits - taken - waiting, Math.max(0, grant.used - before));
    grant.left -= taken;
    grant.reclaimed += taken;
    grant.owedBack += waiting;
    this.reclaims.push({ id, key, grant, taken, waiting, spent, collected: [], debt: false, decided: false });
  }

  /** The money stayed with the shop: answers which parts come back as credits of their own, since later grants settled them. */
  undo(reclaim: ModelReclaim): { id: string; credits: number }[] {
    const { grant, collected, waiting } = reclaim;
    this.reclaims = this.reclaims.filter((one) => one !== reclaim);
    grant.owedBack -= waiting;
    const anew: { id: string; credits: number }[] = [];
    for (const { id, spent, debt } of [reclaim, ...collected]) {
      if (!debt) continue;
      const owed = Math.min(this.debt, spent);
      this.debt -= owed;
      if (owed < spent) anew.push({ id, credits: spent - owed });
    }
    const back = collected.reduce((sum, { taken }) => sum + taken, reclaim.taken);
    grant.reclaimed -= back;
    grant.left += back;
    if (back > 0) this.settle(grant);
    return anew;
  }

  /** Whether the saved card is charged now, and may be. */
  mayTopUp(now: number): boolean {
    const today = stockholm.format(now);
    const charged = (since: string) => this.charges.filter((day) => day.startsWith(since)).length * TOP_UP.price;
    return (
      this.available(now) < TOP_UP.below &&
      charged(today) + TOP_UP.price <= TOP_UP.dailyCap &&
      charged(today.slice(0, 7)) + TOP_UP.price <= TOP_UP.monthlyCap
    );
  }

  topUp(now: number, bought: { id: string; sourceId: string }): void {
    this.charges.push(stockholm.format(now));
    const until = now + TOP_UP.validDays * 86_400_000;
    this.grant(now, { ...bought, credits: TOP_UP.credits, priority: 0, until, basis: "paid" });
  }

  private settle(grant: ModelGrant): void {
    const settled = Math.min(this.debt, grant.left);
    this.debt -= settled;
    grant.left -= settled;
    grant.used += settled;
  }
}

/** One of a list, mostly one of the last few: what is long gone has nothing left to happen to it. */
export function one<T>(list: readonly T[], pick: number): T | undefined {
  const among = pick % 4 === 0 ? list : list.slice(-4);
  return among[pick % Math.max(1, among.length)];
}
