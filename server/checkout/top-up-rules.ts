/** What was charged by itself so far, in the day and the month of the shop that it is. Minor units. */
export type ChargedSoFar = { readonly today: number; readonly thisMonth: number };

export type TopUpWish = {
  readonly topUp: boolean;
  readonly stopped: boolean;
  readonly below: number;
  readonly dailyCap: number;
  readonly monthlyCap: number;
};

export type TopUpVerdict = "charge" | "off" | "enough" | "under_way" | "daily_cap" | "monthly_cap";

/** Whether the card is charged now: never twice at a time, and never past a cap. Pure. */
export function judgeTopUp(
  wish: TopUpWish,
  facts: {
    readonly available: number;
    readonly underWay: boolean;
    readonly amount: number;
    readonly charged: ChargedSoFar;
  },
): TopUpVerdict {
  if (!wish.topUp || wish.stopped) return "off";
  if (facts.available >= wish.below) return "enough";
  if (facts.underWay) return "under_way";
  if (facts.charged.today + facts.amount > wish.dailyCap) return "daily_cap";
  if (facts.charged.thisMonth + facts.amount > wish.monthlyCap) return "monthly_cap";
  return "charge";
}

/** From which balances on a fall is told of: the top-up's, and what the owner wants to hear of. */
export function watchedBalances(settings: {
  readonly topUp: boolean;
  readonly topUpBelow: number | null;
  readonly lowBelow: number | null;
  readonly lowPercent: number | null;
  /** What the last purchase granted; null before the first. */
  readonly lastPurchase: number | null;
}): number[] {
  const { topUp, topUpBelow, lowBelow, lowPercent, lastPurchase } = settings;
  return [
    ...(topUp && topUpBelow !== null ? [topUpBelow] : []),
    ...(lowBelow === null ? [] : [lowBelow]),
    ...(lowPercent === null || lastPurchase === null ? [] : [Math.ceil((lastPurchase * lowPercent) / 100)]),
  ];
}

/** Which of the owner's alerts a balance has fallen below: the highest that says so, or none. */
export function lowThreshold(
  settings: {
    readonly lowBelow: number | null;
    readonly lowPercent: number | null;
    readonly lastPurchase: number | null;
  },
  available: number,
): number | null {
  const watched = watchedBalances({ ...settings, topUp: false, topUpBelow: null }).filter((below) => available < below);
  return watched.length === 0 ? null : Math.max(...watched);
}
