import { defineErrors } from "../kernel/errors.ts";

export const inventoryErrors = defineErrors({
  notFound: ["inventory.not_found", "not_found", "There is no such variant or location."],
  tooFew: [
    "inventory.too_few",
    "conflict",
    "That would leave fewer than are set aside for purchases under way. Wait until they are paid or over (at most 45 minutes), or take away fewer.",
  ],
  nothingToDo: ["inventory.nothing_to_do", "invalid", "That many lie there already: nothing was changed."],
  keyReused: [
    "inventory.idempotency_key_reused",
    "conflict",
    "This idempotency key was used for another change of stock. Take a new one.",
  ],
});
