import { beforeEach, describe, expect, test } from "vitest";
import { testAccounts } from "../../scripts/test/accounts.ts";
import { setByHand } from "../../scripts/test/database.ts";
import { ProviderError } from "../kernel/errors.ts";
import { hashToken } from "../kernel/id.ts";
import { createMailer } from "../providers/smtp/mailer.ts";
import { SEND_ATTEMPTS } from "./jobs.ts";
import { mailAtOnce } from "./mail-at-once.ts";
import { getEmail, listEmails } from "./queries.ts";
import { queueEmail } from "./queue-email.ts";
import { resendEmail } from "./resend-email.ts";
import { SECRET_LINK } from "./secret-placeholder.ts";
import { sendEmail } from "./send-email.ts";
import { sweepEmails } from "./sweep-emails.ts";

const bench = await testAccounts([setByHand("email")]);
const { worker, service, sandbox, providers, time } = bench;
const MINUTE = 60_000;
const owner = bench.context(
  { kind: "staff", userId: "usr_owner", role: "owner", customerId: null, tokens: [] },
  bench.member,
);
const plain = await providers.templates.render("reset-password", "sv", {});

let count = 0;
/** Queues a mail to a guest with a link to an order. */
async function queue(over: { dedupeKey?: string; to?: string } = {}) {
  const n = ++count;
  const to = over.to ?? `guest${n}@example.com`;
  const dedupeKey = over.dedupeKey ?? `test:${n}`;
  const link = { purpose: "view_order", checkoutId: `chk_${n}` } as const;
  const hash = hashToken(providers.links.newOrderToken(link.checkoutId));
  await service.sql`insert into carts (id, access_token_hash, currency, status, created_at, updated_at)
    values (${`crt_${n}`}, ${hash}, 'SEK', 'ordered', now(), now())`;
  await service.sql`insert into checkouts (id, access_token_hash, cart_id, cart_version, attempt, cancel_path, mode, status,
      currency, total_amount, lines, locale, requires_shipping, idempotency_key, expires_at, created_at)
    values (${link.checkoutId}, ${hash}, ${`crt_${n}`}, 1, 1, '/cart', 'payment', 'completed',
      'SEK', 100, '[]', 'sv', false, ${`k${n}`}, now(), now())`;
  const id = await worker.db.transaction((tx) =>
    queueEmail(tx, { mail: plain, dedupeKey, to, customerId: null, userId: null, link, cause: "test" }),
  );
  return { id: id ?? "", to, checkoutId: link.checkoutId };
}
const row = async (id: string) => (await service.sql`select * from emails where id = ${id}`)[0];
const history = async (id: string) =>
  (await service.sql`select event from email_transitions where subject_id = ${id} order by id`).map((one) => one.event);
const jobs = (id: string) =>
  service.sql`select max_attempts from graphile_worker._private_jobs where payload->>'emailId' = ${id}`;
const alerts = (id: string) => service.sql`select kind, resolved_at from alerts where subject = ${id}`;
const fault = (smtp: { kind: "reject" | "reset"; status?: number; when: "before" | "after"; times: number } | null) =>
  sandbox.control("faults", { body: { smtp } });

beforeEach(() => fault(null));

describe("queueing", () => {
  test("stores the copy with its link hidden, and one job, with the fact it tells of", async () => {
    const { id } = await queue();
    expect(await row(id)).toMatchObject({
      status: "queued",
      attempts: 0,
      link_purpose: "view_order",
      subject: plain.subject,
      message_id: `<${id}@localhost>`,
    });
    expect((await row(id))?.html).toContain(SECRET_LINK);
    expect(await jobs(id)).toEqual([{ max_attempts: SEND_ATTEMPTS }]);
  });

  test("tells a fact once", async () => {
    const first = await queue({ dedupeKey: "order-confirmation:ord_1" });
    const again = await Promise.all([1, 2, 3].map(() => queue({ dedupeKey: "order-confirmation:ord_1" })));
    expect(again.map((one) => one.id)).toEqual(["", "", ""]);
    expect(await jobs(first.id)).toHaveLength(1);
  });

  test("leaves nothing when the fact does not happen", async () => {
    const failing = worker.db.transaction(async (tx) => {
      await queueEmail(tx, {
        mail: plain,
        dedupeKey: "never",
        to: "x@example.com",
        customerId: null,
        userId: null,
        link: null,
        cause: "test",
      });
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    expect(await service.sql`select 1 from emails where dedupe_key = 'never'`).toHaveLength(0);
  });
});

describe("sending", () => {
  test("hands over one mail, as stored but for its link, and keeps the link out of the copy", async () => {
    const { id, to, checkoutId } = await queue();
    expect(await sendEmail(worker, { emailId: id })).toBe("sent");
    const [letter, ...more] = await bench.letters(to);
    expect(more).toEqual([]);
    const url = providers.links.absolute(`/order?ref=${providers.links.newOrderToken(checkoutId)}`);
    expect(letter).toMatchObject({ subject: "Välj ett nytt lösenord", to: [to], messageId: `<${id}@localhost>` });
    expect(letter?.text).toContain(url);
    expect(letter?.html).toContain(url);
    expect(`${letter?.html}${letter?.text}`).not.toContain("link.invalid");
    const stored = await row(id);
    expect(stored).toMatchObject({ status: "sent", attempts: 1, last_error: null });
    expect(`${stored?.html}${stored?.text}`).not.toContain(url.slice(-20));
    expect(await history(id)).toEqual(["created", "claimed", "sent"]);
  });

  test("happens once, however many jobs there are and whenever they run", async () => {
    const { id, to } = await queue();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => sendEmail(worker, { emailId: id })));
    expect(outcomes.toSorted()).toEqual(["not_queued", "not_queued", "not_queued", "sent"]);
    expect(await sendEmail(worker, { emailId: id })).toBe("not_queued");
    expect(await bench.letters(to)).toHaveLength(1);
  });

  test("of a mail that is not there does nothing", async () => {
    expect(await sendEmail(worker, { emailId: "eml_nothing" })).toBe("not_queued");
  });

  test("with an unknown outcome goes out again under the same Message-ID", async () => {
    const { id, to } = await queue();
    await fault({ kind: "reset", when: "after", times: 1 });
    await expect(sendEmail(worker, { emailId: id })).rejects.toMatchObject({ reason: "unknown_outcome" });
    expect(await row(id)).toMatchObject({ status: "queued", attempts: 1 });
    expect(await sendEmail(worker, { emailId: id })).toBe("sent");
    const letters = await bench.letters(to);
    expect(letters).toHaveLength(2);
    expect(new Set(letters.map((letter) => letter.messageId))).toEqual(new Set([`<${id}@localhost>`]));
    expect(letters[0]?.text).toBe(letters[1]?.text);
    expect(await history(id)).toEqual(["created", "claimed", "requeued", "claimed", "sent"]);
  });

  test("refused for good fails visibly, and is not tried again by itself", async () => {
    const { id, to } = await queue();
    await fault({ kind: "reject", status: 550, when: "before", times: 1 });
    expect(await sendEmail(worker, { emailId: id })).toBe("failed");
    expect(await row(id)).toMatchObject({ status: "failed", last_error: expect.stringMatching(/answered 5\d\d/) });
    expect(await alerts(id)).toEqual([{ kind: "messaging.email_failed", resolved_at: null }]);
    expect(await sendEmail(worker, { emailId: id })).toBe("not_queued");
    expect(await bench.letters(to)).toEqual([]);
  });

  test("to a server that is away waits, and at the last try becomes a case for people", async () => {
    const away = {
      ...worker,
      providers: { ...providers, mailer: createMailer({ url: "smtp://127.0.0.1:9", from: "x@example.com" }) },
    };
    const { id } = await queue();
    await expect(sendEmail(away, { emailId: id })).rejects.toBeInstanceOf(ProviderError);
    expect(await row(id)).toMatchObject({
      status: "queued",
      last_error: expect.stringContaining("could not be reached"),
    });
    expect(await alerts(id)).toEqual([]);
    await service.sql`update emails set attempts = ${SEND_ATTEMPTS - 1} where id = ${id}`;
    expect(await sendEmail(away, { emailId: id })).toBe("failed");
    expect(await alerts(id)).toHaveLength(1);
  });

  test("to an address that tries to be two reaches nobody else", async () => {
    const { id } = await queue({ to: "a@example.com, spy@example.com" });
    await sendEmail(worker, { emailId: id }).catch(() => "thrown");
    expect(await bench.letters("spy@example.com")).toEqual([]);
  });
});

describe("a mail that its job sends itself", () => {
  const told = (dedupeKey: string, to: string) => ({
    ...{ mail: plain, dedupeKey, to, customerId: null, userId: null, link: null, cause: "test" },
  });
  const idOf = async (key: string) =>
    String((await service.sql`select id from emails where dedupe_key = ${key}`)[0]?.id);

  test("goes out once, whoever does the job again or beside, and needs no other", async () => {
    const { checkoutId } = await queue();
    const link = { purpose: "view_order", checkoutId } as const;
    const mail = { ...told("at-once:1", "at-once-1@example.com"), link };
    await Promise.all([mailAtOnce(worker, mail), mailAtOnce(worker, told("at-once:2", "at-once-2@example.com"))]);
    await mailAtOnce(worker, mail);
    const id = await idOf("at-once:1");
    const [letter, ...more] = await bench.letters("at-once-1@example.com");
    expect(more).toEqual([]);
    expect(letter).toMatchObject({ messageId: `<${id}@localhost>`, subject: plain.subject });
    expect(await row(id)).toMatchObject({ status: "sent", attempts: 1, last_error: null, link_purpose: "view_order" });
    expect(await history(id)).toEqual(["created", "claimed", "sent"]);
    expect(await jobs(id)).toEqual([]);
    expect(await bench.letters("at-once-2@example.com")).toHaveLength(1);
    const race = Array.from({ length: 4 }, () => mailAtOnce(worker, told("at-once:3", "at-once-3@example.com")));
    await Promise.all(race);
    expect(await bench.letters("at-once-3@example.com")).toHaveLength(1);
  });

  test("with an unknown outcome goes back to the queue with one job, which sends the same letter", async () => {
    await fault({ kind: "reset", when: "after", times: 1 });
    await mailAtOnce(worker, told("at-once:4", "at-once-4@example.com"));
    const id = await idOf("at-once:4");
    expect(await row(id)).toMatchObject({ status: "queued", attempts: 1 });
    expect(await jobs(id)).toHaveLength(1);
    expect(await sendEmail(worker, { emailId: id })).toBe("sent");
    const letters = await bench.letters("at-once-4@example.com");
    expect(new Set(letters.map(({ messageId }) => messageId))).toEqual(new Set([`<${id}@localhost>`]));
  });

  test("refused for good is a case for people", async () => {
    await fault({ kind: "reject", status: 550, when: "before", times: 1 });
    await mailAtOnce(worker, told("at-once:5", "at-once-5@example.com"));
    const id = await idOf("at-once:5");
    expect(await row(id)).toMatchObject({ status: "failed" });
    expect(await alerts(id)).toMatchObject([{ kind: "messaging.email_failed", resolved_at: null }]);
    expect(await jobs(id)).toEqual([]);
  });

  test("whose process died meanwhile is sent when its job is done again and that sending is over", async () => {
    const killed = { ...worker, providers: { ...providers, mailer: { send: () => new Promise<void>(() => {}) } } };
    void mailAtOnce(killed, told("at-once:6", "at-once-6@example.com"));
    await expect.poll(() => idOf("at-once:6"), { timeout: 30_000 }).toMatch(/^eml_/);
    const id = await idOf("at-once:6");
    await mailAtOnce(worker, told("at-once:6", "at-once-6@example.com"));
    expect(await jobs(id)).toHaveLength(1);
    expect(await sendEmail(worker, { emailId: id })).toBe("not_queued");
    const begun = time.technical;
    time.technical = new Date(begun.getTime() + MINUTE);
    const outcome = await sendEmail(worker, { emailId: id });
    time.technical = begun;
    expect(outcome).toBe("sent");
    expect(await bench.letters("at-once-6@example.com")).toHaveLength(1);
  });
});

describe("the sweep", () => {
  const begun = time.technical;
  const at = async (minutes: number) => {
    time.technical = new Date(begun.getTime() + minutes * MINUTE);
    try {
      return await sweepEmails(worker);
    } finally {
      time.technical = begun;
    }
  };

  test("takes up what a killed process had claimed once its sending is surely over, and it goes out once more", async () => {
    const { id, to } = await queue();
    await service.sql`update emails set status = 'sending', claimed_at = ${begun.toISOString()}::timestamptz where id = ${id}`;
    await service.sql`delete from graphile_worker._private_jobs where payload->>'emailId' = ${id}`;
    await at(0.5);
    expect(await row(id)).toMatchObject({ status: "sending" });
    expect(await at(1)).toBeGreaterThanOrEqual(1);
    expect(await row(id)).toMatchObject({ status: "queued" });
    expect(await jobs(id)).toHaveLength(1);
    expect(await sendEmail(worker, { emailId: id })).toBe("sent");
    expect(await bench.letters(to)).toHaveLength(1);
  });

  test("is not needed when the killed process's job runs again: it waits for the sending's end, and sends the same letter", async () => {
    const { id, to } = await queue();
    await service.sql`update emails set status = 'sending', claimed_at = ${begun.toISOString()}::timestamptz where id = ${id}`;
    await service.sql`delete from graphile_worker._private_jobs where payload->>'emailId' = ${id}`;
    const send = () => sendEmail(worker, { emailId: id });
    // It may still be under way: nobody sends it a second time meanwhile, and somebody comes back.
    expect(await Promise.all([send(), send()])).toEqual(["not_queued", "not_queued"]);
    expect(await row(id)).toMatchObject({ status: "sending" });
    expect(await jobs(id)).toHaveLength(1);
    time.technical = new Date(begun.getTime() + MINUTE);
    const outcomes = await Promise.all([send(), send()]);
    time.technical = begun;
    expect(outcomes.toSorted()).toEqual(["not_queued", "sent"]);
    expect(await bench.letters(to)).toHaveLength(1);
    expect(await send()).toBe("not_queued");
  });

  test("finds a queued mail whose job is gone; two sweeps at once make one job", async () => {
    const { id } = await queue();
    await service.sql`update emails set claimed_at = ${begun.toISOString()}::timestamptz where id = ${id}`;
    await service.sql`delete from graphile_worker._private_jobs where payload->>'emailId' = ${id}`;
    time.technical = new Date(begun.getTime() + 8 * 60 * MINUTE);
    await Promise.all([sweepEmails(worker), sweepEmails(worker)]);
    time.technical = begun;
    expect(await jobs(id)).toHaveLength(1);
  });

  test("is not moved by the business clock", async () => {
    const { id } = await queue();
    await service.sql`update emails set status = 'sending', claimed_at = ${begun.toISOString()}::timestamptz where id = ${id}`;
    const business = time.business;
    time.business = new Date("2027-11-20T12:00:00Z");
    await sweepEmails(worker);
    time.business = business;
    expect(await row(id)).toMatchObject({ status: "sending" });
  });
});

describe("staff", () => {
  test("see what was sent, with the secret link hidden and the history", async () => {
    const { id, to, checkoutId } = await queue();
    await sendEmail(worker, { emailId: id });
    const email = await owner.db.transaction((tx) => getEmail(tx, id));
    expect(email).toMatchObject({ to, status: "sent", cause: "test", linkPurpose: "view_order" });
    expect(email?.history.map((step) => step.toState)).toEqual(["queued", "sending", "sent"]);
    expect(JSON.stringify(email)).not.toContain(providers.links.newOrderToken(checkoutId));
  });

  test("page and filter the log", async () => {
    for (let i = 0; i < 5; i++) await queue({ to: `paged${i}@example.com` });
    const first = await owner.db.transaction((tx) => listEmails(tx, { q: "paged", limit: 3 }));
    expect(first.items.map((item) => item.to)).toEqual([
      "paged4@example.com",
      "paged3@example.com",
      "paged2@example.com",
    ]);
    const second = await owner.db.transaction((tx) =>
      listEmails(tx, { q: "paged", limit: 3, cursor: first.nextCursor ?? "" }),
    );
    expect(second).toMatchObject({
      items: [{ to: "paged1@example.com" }, { to: "paged0@example.com" }],
      nextCursor: null,
    });
    expect((await owner.db.transaction((tx) => listEmails(tx, { q: "%", limit: 3 }))).items).toEqual([]);
    expect(
      (await owner.db.transaction((tx) => listEmails(tx, { status: "failed", limit: 50 }))).items.every(
        (item) => item.status === "failed",
      ),
    ).toBe(true);
  });

  test("send a failed one again: the same mail, and the alert is settled", async () => {
    const { id, to } = await queue();
    await fault({ kind: "reject", status: 550, when: "before", times: 1 });
    await sendEmail(worker, { emailId: id });
    expect(await resendEmail(owner, { id, reason: "mailbox was full" })).toBe(id);
    expect(await sendEmail(worker, { emailId: id })).toBe("sent");
    expect(await bench.letters(to)).toHaveLength(1);
    expect(await alerts(id)).toEqual([{ kind: "messaging.email_failed", resolved_at: expect.anything() }]);
    expect(await service.sql`select actor, action, reason from audit_entries where subject = ${id}`).toEqual([
      { actor: "staff:usr_owner", action: "email.resend", reason: "mailbox was full" },
    ]);
  });

  test("send a delivered one again: a copy under a Message-ID of its own", async () => {
    const { id, to } = await queue();
    await sendEmail(worker, { emailId: id });
    const copy = await resendEmail(owner, { id, reason: "asked on the phone" });
    expect(copy).not.toBe(id);
    expect(await sendEmail(worker, { emailId: copy })).toBe("sent");
    expect((await bench.letters(to)).map((letter) => letter.messageId)).toEqual([
      `<${copy}@localhost>`,
      `<${id}@localhost>`,
    ]);
  });

  test("cannot send one that is on its way, or none", async () => {
    const { id } = await queue();
    await expect(resendEmail(owner, { id, reason: "impatient" })).rejects.toMatchObject({
      code: "messaging.email_on_its_way",
    });
    await expect(resendEmail(owner, { id: "eml_none", reason: "impatient" })).rejects.toMatchObject({
      code: "messaging.email_not_found",
    });
  });
});
