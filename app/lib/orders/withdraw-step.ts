/** Where in taking a purchase back a visitor is; all of it stands in the address. */
export type WithdrawStep = "find" | "choose" | "confirm";

export type WithdrawPlace = {
  readonly step: WithdrawStep;
  readonly order: { readonly ref: string } | { readonly orderId: string } | null;
  readonly lineIds: readonly string[];
  /** Somebody pressed on without choosing anything. */
  readonly choseNothing: boolean;
};

export function withdrawPlace(search: URLSearchParams): WithdrawPlace {
  const ref = search.get("ref");
  const orderId = search.get("order");
  const order = ref ? { ref } : orderId ? { orderId } : null;
  const lineIds = search.getAll("line");
  const pressed = search.get("step") === "confirm";
  const step = order === null ? "find" : pressed && lineIds.length > 0 ? "confirm" : "choose";
  return { step, order, lineIds, choseNothing: order !== null && pressed && lineIds.length === 0 };
}

type Line = { readonly open: boolean; readonly lastDay: string | null };

/** Where an order is taken back, and the first last day of what can be; null: nothing of it can be any more. */
export type WithdrawOffer = { readonly to: string; readonly lastDay: string | null } | null;

/** Whether an order that its buyer looks at can be taken back, and until when; no day while its goods have not left. */
export function withdrawOffer(order: NonNullable<WithdrawPlace["order"]>, lines: readonly Line[]): WithdrawOffer {
  const open = lines.filter((line) => line.open);
  if (open.length === 0) return null;
  const [lastDay = null] = open.flatMap((line) => line.lastDay ?? []).toSorted();
  return { to: withdrawHref(order), lastDay };
}

/** The same order, at another step. */
export function withdrawHref(order: NonNullable<WithdrawPlace["order"]>, extra: Record<string, string> = {}): string {
  const [name, value] = "ref" in order ? ["ref", order.ref] : ["order", order.orderId];
  return `/withdraw?${new URLSearchParams({ [name]: value, ...extra })}`;
}
