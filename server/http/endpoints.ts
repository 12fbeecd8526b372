import type { Hono } from "hono";
import type { Runtime } from "../wire.ts";
import type { WebhookDoor } from "./load-context.ts";

/** What is answered in front of Remix, and what must be closed when the process stops. */
export type Endpoints = {
  readonly inbox: WebhookDoor;
  readonly routes: readonly ((app: Hono, runtime: Runtime) => void)[];
  close(): Promise<void>;
};

/** Puts the endpoints together; each lives in a file of its own beside this one. */
export async function endpoints(_runtime: Runtime): Promise<Endpoints> {
  return {
    inbox: { receive: async () => ({ status: 503, body: "", headers: {} }) },
    routes: [],
    close: async () => {},
  };
}
