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

/** The same order, at another step. */
export function withdrawHref(order: NonNullable<WithdrawPlace["order"]>, extra: Record<string, string> = {}): string {
  const [name, value] = "ref" in order ? ["ref", order.ref] : ["order", order.orderId];
  return `/withdraw?${new URLSearchParams({ [name]: value, ...extra })}`;
}
