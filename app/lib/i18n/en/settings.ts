import type { settings as source } from "../sv/settings.ts";
import type { Message } from "../translate.ts";

export const settings = {
  "settings.title": "Settings",
  "settings.about":
    "How the shop is set up. Settings are read from the environment when it starts; README and docs/running.md describe them.",
  "settings.company": "The company",
  "settings.company.name": "Name",
  "settings.company.orgNumber": "Registration number",
  "settings.company.vatNumber": "VAT number",
  "settings.company.address": "Address",
  "settings.company.email": "E-mail",
  "settings.installation": "The installation",
  "settings.profile": "Profile",
  "settings.profile.sandbox": "Sandbox: no money moves",
  "settings.profile.test": "Test: Stripe's test keys",
  "settings.profile.live": "Live: real money",
  "settings.migrations": "Database schema",
  "settings.migrations.done": "{count} steps, none pending",
  "settings.migrations.pending": { one: "{count} step pending", other: "{count} steps pending" },
  "settings.migrations.ahead": {
    one: "{count} step newer than the program",
    other: "{count} steps newer than the program",
  },
  "settings.clock": "The shop's clock",
  "settings.clock.sandbox":
    "In the sandbox the clock can be moved ahead. Renewals, reminders and expired purchases follow it.",
  "settings.clock.move": "Move the clock",
  "settings.clock.real": "The shop's time is real time.",
  "settings.processes": "Running processes",
  "settings.process": "Process",
  "settings.process.web": "Web",
  "settings.process.worker": "Worker",
  "settings.process.since": "Started",
  "settings.effective": "Settings in effect",
  "settings.effective.about":
    "Secrets are never shown, only that they are there. Of addresses with a password, only the host is.",
  "settings.setting": "Setting",
  "settings.value": "Value",
  "settings.value.secret": "set, not shown",
  "settings.value.unset": "not set",
  "settings.meaning": "Meaning",
} as const satisfies Record<keyof typeof source, Message>;
