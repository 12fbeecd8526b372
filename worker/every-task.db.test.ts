import type { Task } from "graphile-worker";
import { describe, expect, test } from "vitest";
import { testCheckoutShop, until } from "../scripts/test/checkout-shop.ts";
import { testPurchases } from "../scripts/test/test-purchases.ts";
import { jobs } from "../server/jobs.ts";
import type { AnyJob } from "../server/kernel/job.ts";
import type { Handler } from "./handler.ts";
import { startWorker } from "./run.ts";
import { taskOf } from "./run-job.ts";
import { handlers } from "./tasks/index.ts";

const shop = await testCheckoutShop();
const { bought, eventsOf, leftBehind } = testPurchases(shop);
const { sql } = shop;
const ran = new Map<string, number>();

/** Every task of the registry, run as if the process had died between its effect and its completion: it runs again. */
const twice = Object.fromEntries(
  (Object.keys(jobs) as (keyof typeof jobs)[]).map((name): [string, Task] => {
    const job: AnyJob = jobs[name];
    const task = taskOf(shop.runtime, job, handlers[name] as Handler<AnyJob>);
    const again: Task = async (payload, helpers) => {
      await task(payload, helpers);
      await task(payload, helpers);
      ran.set(job.name, (ran.get(job.name) ?? 0) + 1);
    };
    return [job.name, again];
  }),
);

async function workTwice(): Promise<void> {
  const running = await startWorker(shop.runtime, () => {}, twice);
  try {
    await until(async () => {
      const [row] = await sql`select count(*)::int as open from graphile_worker._private_jobs
        where (run_at <= now() and attempts < max_attempts) or locked_at is not null`;
      return row?.open === 0;
    });
  } finally {
    await running.stop();
  }
}

/** What a purchase left behind, with the letters as the mail server had them. */
async function ends(purchase: Awaited<ReturnType<typeof bought>>) {
  const { mail } = (await shop.sandbox.control(`mail?limit=100&to=${encodeURIComponent(purchase.email)}`)) as {
    mail: { messageId: string; subject: string }[];
  };
  const { customers: _, mails, orders, ...rest } = await leftBehind(purchase);
  return {
    ...rest,
    orders: orders.map(({ email: __, ...order }) => order),
    mails: mails.map((one) => one.template),
    letters: new Set(mail.map((letter) => letter.messageId)).size,
  };
}

async function buyAll() {
  const purchases = [await bought("oppet"), await bought("towel"), await bought("test-kund")];
  for (const purchase of purchases) for (const event of await eventsOf(purchase)) await shop.receive(event);
  return purchases;
}

/** Tasks that a paid purchase does not set off: each is run again by the tests beside its use case. */
const ELSEWHERE = new Set([
  "announcements.announce-campaign",
  "announcements.deliver",
  // The system writes it with the event.
  "audit.record-money",
  "billing.adopt-card",
  "billing.converge-subscription",
  "billing.carry-out-change",
  "billing.execute-change",
  "billing.follow-balance",
  "billing.retry-with-card",
  "billing.send-change-mail",
  "billing.send-locked",
  "billing.send-payer-mail",
  "billing.send-recovered",
  "billing.send-trial-ending",
  "billing.send-trial-over",
  "billing.sweep-changes",
  "billing.sweep-resumes",
  "billing.sweep-trials",
  "catalog.add-price",
  "catalog.mirror-product",
  "checkout.close-page",
  "checkout.converge",
  "checkout.recheck-prices",
  "credits.adjust",
  "credits.reclaim-spent",
  "checkout.follow-dispute",
  "checkout.reclaim-refund",
  "checkout.send-credits-low",
  "checkout.send-top-up-failed",
  "checkout.top-up",
  "checkout.watch-credits",
  "credits.signal-low",
  "credits.sweep",
  "fulfilment.finish-order",
  "fulfilment.send-shipped",
  "identity.claim-guest-purchases",
  "inventory.release",
  "inventory.restock-cancelled",
  // Jobs that only write a mail send it themselves.
  "messaging.send",
  "organizations.answer-newcomer",
  "organizations.lapse-domains",
  "organizations.send-invitation",
  "organizations.tell-of-newcomer",
  "payments.send-failed",
  "payments.send-refund",
  "payments.send-refund-made",
  "plans.archive-prices",
  "plans.follow",
  "plans.migrate",
  "plans.move-now",
  "plans.publish",
  "plans.put-on-sale",
  "plans.quote-move",
  "plans.withdraw",
  "pricing.change-default-price",
  "pricing.check-price",
  "pricing.look-at-draft-prices",
  "pricing.make-campaign-price",
  "pricing.recheck-receipts",
  "pricing.review-campaign",
  "subscriptions.refuse-second-trials",
  "webhooks.batch",
  "webhooks.follow-refund",
  "withdrawals.decide",
  "withdrawals.end-memberships",
  "withdrawals.match-statement",
  "withdrawals.refund",
  "withdrawals.reopen",
  "withdrawals.send-link",
  "withdrawals.send-lowered",
  "withdrawals.send-received",
  "withdrawals.send-refused",
  "withdrawals.send-statement-dismissed",
  "withdrawals.send-statement-received",
  "withdrawals.settle",
  "withdrawals.settle-statement",
]);

describe("R9: an effect whose completion was not recorded", () => {
  test("every task of the registry that runs by itself or follows a purchase does nothing when it runs again", async () => {
    const once = await buyAll();
    await shop.work();
    const expected = [];
    for (const purchase of once) expected.push(await ends(purchase));

    const again = await buyAll();
    // Those that need nothing but to be asked: sweeps, chores, the pruning.
    for (const job of Object.values(jobs) as AnyJob[])
      if (job.payload.safeParse({}).success)
        await sql`select graphile_worker.add_job(${job.name}, '{}'::json, max_attempts := ${job.attempts})`;
    await workTwice();
    const found = [];
    for (const purchase of again) found.push(await ends(purchase));
    expect(found).toEqual(expected);

    const stuck = await sql`select t.identifier, j.last_error from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where j.attempts >= j.max_attempts`;
    expect(stuck).toEqual([]);
    // A registry that grows is covered by itself where a task needs no payload; the others are counted here.
    const untouched = (Object.values(jobs) as AnyJob[]).map((job) => job.name).filter((name) => !ran.has(name));
    expect(untouched.toSorted()).toEqual(untouched.filter((name) => ELSEWHERE.has(name)).toSorted());
  });
});
