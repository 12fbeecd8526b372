import type { command as source } from "../sv/command.ts";
import type { Message } from "../translate.ts";

export const command = {
  "command.title": "Search and act",
  "command.about": "Type a name, an address, an order number, or paste an id. Arrows choose, Enter opens.",
  "command.open": "Search everywhere",
  "command.field": "Customer, order, product, campaign or a Stripe id",
  "command.recent": "Recent",
  "command.pages": "Go to",
  "command.acts": "Act",
  "command.searching": "Searching …",
  "command.none": "No matches for “{query}”.",
  "command.found": { one: "{count} match", other: "{count} matches" },
  "command.all": "All matches for “{query}”",
  "command.act.queue": "See what waits",
  "command.act.shortcuts": "Show keyboard shortcuts",
  "command.act.shop": "Open the shop",
} as const satisfies Record<keyof typeof source, Message>;
