import { Hono } from "hono";
import type { Mailbox } from "./store.ts";

/** The mailbox as a person sees it. */
export function mailboxPages(mailbox: Mailbox): Hono {
  const app = new Hono();
  app.get("/mailbox", (c) => c.json(mailbox.list(100)));
  return app;
}
