/** What somebody could buy at; null: not on sale. */
export type Offered = { readonly amount: number; readonly campaignId: string | null } | null;

export type NewPeriod = NonNullable<Offered> & { readonly fromAt: Date; readonly untilAt: Date | null };

export type HistoryChange = {
  /** When the period that is open so far ends; null: it goes on. */
  readonly closeOpenAt: Date | null;
  readonly added: readonly NewPeriod[];
};

/**
 * What has to be written so that the history of one price reaches the last of `instants`. Each instant is one at which
 * the price may have changed; `offeredAt` says what held from then on.
 */
export function historyChange(
  open: (NonNullable<Offered> & { readonly fromAt: Date }) | null,
  instants: readonly Date[],
  offeredAt: (at: Date) => Offered,
): HistoryChange {
  const added: NewPeriod[] = [];
  let closeOpenAt: Date | null = null;
  let current: Offered = open;
  // A clock that was set back must not make a period end before it began.
  const earliest = open?.fromAt ?? new Date(0);
  for (const instant of instants.toSorted((a, b) => a.getTime() - b.getTime())) {
    const at = laterOf(instant, earliest);
    const offered = offeredAt(instant);
    if (isSame(offered, current)) continue;
    const last = added.pop();
    if (last) added.push({ ...last, untilAt: last.untilAt ?? at });
    else if (open) closeOpenAt = closeOpenAt ?? at;
    if (offered) added.push({ ...offered, fromAt: at, untilAt: null });
    current = offered;
  }
  return { closeOpenAt, added };
}

function isSame(a: Offered, b: Offered): boolean {
  return a === b || (a !== null && b !== null && a.amount === b.amount && a.campaignId === b.campaignId);
}

export function laterOf(one: Date, other: Date): Date {
  return new Date(Math.max(one.getTime(), other.getTime()));
}
