import type { Handlers } from "../handler.ts";
import { handleWebhook } from "./webhooks.ts";

/** Who does which job. A job without a handler does not compile. */
export const handlers = {
  processWebhook: handleWebhook,
} satisfies Handlers;
