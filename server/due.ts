import { sweep as accountingSweep } from "./accounting/index.ts";
import { sweep as auditSweep } from "./audit/index.ts";
import { sweep as billingSweep, changeSweep, graceSweep, resumeSweep, trialSweep } from "./billing/index.ts";
import { sweep as checkoutSweep, topUpSweep } from "./checkout/index.ts";
import { sweep as creditsSweep } from "./credits/index.ts";
import { sweep as identitySweep } from "./identity/index.ts";
import { resealJob } from "./identity/jobs.ts";
import { sweep as inventorySweep } from "./inventory/index.ts";
import type { Chore } from "./kernel/chore.ts";
import type { Sweep } from "./kernel/sweep.ts";
import { sweep as ledgerSweep } from "./ledger/index.ts";
import { sweep as messagingSweep } from "./messaging/index.ts";
import { sweep as organizationsSweep } from "./organizations/index.ts";
import { sweep as refundSweep } from "./payments/index.ts";
import { sweep as pricingSweep } from "./pricing/index.ts";
import { sweep as reconciliationSweep } from "./reconciliation/index.ts";
import { pruneJob } from "./retention/jobs.ts";
import { provePathJob, watchInboxJob } from "./webhooks/jobs.ts";

/** What is done by the wall clock, whatever business time is: looking after the shop itself. */
export const chores: readonly Chore[] = [
  { name: "prove-path", job: provePathJob, match: "* * * * *" },
  { name: "prune", job: pruneJob, match: "17 3 * * *" },
  { name: "reseal", job: resealJob, match: "*/10 * * * *" },
  { name: "watch-inbox", job: watchInboxJob, match: "* * * * *" },
];

/** Everything that falls due by business time. */
export const sweeps: readonly Sweep[] = [
  auditSweep,
  identitySweep,
  accountingSweep,
  billingSweep,
  trialSweep,
  changeSweep,
  graceSweep,
  resumeSweep,
  checkoutSweep,
  topUpSweep,
  creditsSweep,
  ledgerSweep,
  messagingSweep,
  organizationsSweep,
  inventorySweep,
  pricingSweep,
  reconciliationSweep,
  refundSweep,
];
