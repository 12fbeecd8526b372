import { defineErrors } from "../kernel/errors.ts";

export const queueErrors = defineErrors({
  notFree: ["queue.not_free", "conflict", "This job is running, or done. Look again before you act."],
});
