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
  "settings.means.PORT": "Port of the web process.",
  "settings.means.BASE_URL": "Public address of the shop; default http://localhost:PORT. Must be https in live.",
  "settings.means.DATABASE_URL": "Database as the member role (web). All three unset: embedded PostgreSQL.",
  "settings.means.DATABASE_SERVICE_URL": "Database as the service role (worker, webhook intake).",
  "settings.means.DATABASE_OWNER_URL": "Database as the owner role; only migrations use it.",
  "settings.means.DATA_DIR": "Folder of the embedded database, the sandbox and generated secrets.",
  "settings.means.SANDBOX_PORT": "Port of the sandbox (Stripe stand-in, mailbox, workbench).",
  "settings.means.SANDBOX_SMTP_PORT": "SMTP port of the sandbox's mailbox.",
  "settings.means.WORKER_PORT": "Port of the worker's health and metrics (loopback).",
  "settings.means.TRUST_PROXY": "How many reverse proxies stand in front (their X-Forwarded-* are believed).",
  "settings.means.METRICS_TOKEN": "Bearer token for /metrics; without it metrics answer on loopback only.",
  "settings.means.PROFILE":
    "live: this shop takes real money, and does not start with anything less (a test key, say).",
  "settings.means.STRIPE_SECRET_KEY": "Stripe's secret key. Unset: the sandbox.",
  "settings.means.STRIPE_PUBLISHABLE_KEY": "Stripe's publishable key.",
  "settings.means.STRIPE_WEBHOOK_SECRET":
    "Signing secrets of the Stripe webhook endpoint, comma-separated while one is rotated.",
  "settings.means.STRIPE_API_BASE": "Address of a Stripe stand-in; set by npm start when the sandbox runs.",
  "settings.means.SOURCE_API_KEY": "Keys the partner's system may use for the campaign webhook, comma-separated.",
  "settings.means.SOURCE_WEBHOOK_SECRET": "Secret of the campaign webhook's optional signature.",
  "settings.means.SMTP_URL": "Mail server; in the sandbox its mailbox.",
  "settings.means.MAIL_FROM": "Sender of every mail.",
  "settings.means.COMPANY_NAME": "Who sells: on every page, mail and receipt.",
  "settings.means.COMPANY_ORG_NUMBER": "The seller's registration number.",
  "settings.means.COMPANY_VAT_NUMBER": "The seller's VAT number.",
  "settings.means.COMPANY_ADDRESS": "The seller's postal address.",
  "settings.means.COMPANY_EMAIL": "Where customers reach the seller.",
  "settings.means.TEXTS_DIR":
    "Folder with your own terms.sv.md, terms.en.md, privacy.….md and cookies.….md; unset, or a text missing: the demo's.",
  "settings.means.SESSION_SECRET":
    "Signs links and seals what must be read again (authenticator apps, receivers' keys), at least 32 bytes; `new,old` while it is rotated. Sessions are random tokens.",
  "settings.means.SANDBOX_PUBLIC_URL":
    "Address at which a browser reaches the sandbox; default http://localhost:SANDBOX_PORT.",
  "settings.means.SANDBOX_CONTROL_TOKEN": "Shared by the sandbox and the product; lets the sandbox move business time.",
  "settings.means.RATE_LIMIT_SCALE":
    "Multiplies how many requests one address may make; more than 1 only to measure the shop from one machine.",
  "settings.means.TRUST_USER_ID_HEADER":
    "1: whoever sends x-user-id to /api/billing and /api/entitlements is believed. For tests behind closed doors alone.",
  "settings.means.LOG_LEVEL": "Least severe level that is logged.",
  "settings.means.DEBUG": "Areas logged in detail, e.g. stripe:*,billing:*.",
} as const satisfies Record<keyof typeof source, Message>;
