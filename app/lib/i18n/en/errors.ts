import type { errors as source } from "../sv/errors.ts";
import type { Message } from "../translate.ts";

export const errors = {
  "errors.prefix": "Error:",
  "errors.summary": {
    one: "{count} detail needs correcting",
    other: "{count} details need correcting",
  },
  "errors.id": "Error id",
  "errors.notFound.title": "Page not found",
  "errors.notFound.text": "This address leads nowhere. The page may have moved, or a letter is missing.",
  "errors.notFound.action": "Go to the start page",
  "errors.forbidden.title": "You cannot reach this page",
  "errors.forbidden.text": "It needs the role {role}. Ask the owner of the shop for it.",
  "errors.forbidden.textPlain": "Your account has no access to this page. Ask the owner of the shop for it.",
  "errors.forbidden.action": "Go to my account",
  "errors.server.title": "The page could not be shown",
  "errors.server.text": "The fault is ours and has been logged. What you have already saved or paid is safe.",
  "errors.server.write": "Write to {email} with the error id if it happens again.",
  "errors.offline.title": "No contact with the shop",
  "errors.offline.text": "Check your connection and reload the page. Nothing was sent.",
  "errors.reload": "Reload the page",
  "errors.form": "The details were not saved. Try again.",
  "errors.conflict": "Someone else has changed these details. Reload the page and try again.",
  "errors.rateLimited": "There were too many attempts. Wait a while and try again.",
  "errors.unavailable": "The payment cannot be opened right now. Nothing was charged. Try again in a moment.",
  "errors.enter": "Enter {label}",
  "errors.email": "Enter an email address like name@example.com",
  "errors.tooLong": {
    one: "{label} can have at most {count} character",
    other: "{label} can have at most {count} characters",
  },
  "errors.tooShort": {
    one: "{label} needs at least {count} character",
    other: "{label} needs at least {count} characters",
  },
  "errors.role.owner": "owner",
  "errors.role.finance": "finance",
  "errors.role.support": "support",
  "errors.role.marketing": "marketing",
  "errors.role.read_only": "read only",
  "errors.role.staff": "staff",
} as const satisfies Record<keyof typeof source, Message>;
