import pino from "pino";
import Stripe from "stripe";
import { afterAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../scripts/test/database.ts";
import { connect } from "../kernel/db.ts";
import { withRequestId } from "../kernel/log.ts";
import { createMetrics } from "../kernel/metrics.ts";
import { createInbox } from "./receive.ts";

const { urls } = await testDatabase();
const service = connect(urls.service, { name: "test", settings: { enable_seqscan: "off" } });
afterAll(() => service.close());

const secrets = ["whsec_new_000000000000", "whsec_old_000000000000"];
let now = new Date("2031-05-01T12:00:00Z");
const lines: Record<string, unknown>[] = [];
const log = pino(
  { level: "debug" },
  { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
);
const parts = {
  service,
  log,
  metrics: createMetrics({ process: "test" }),
  clock: { now: () => now },
  secrets,
  livemode: false,
};
const inbox = createInbox(parts);

type Event = { id: string } & Record<string, unknown>;
let count = 0;
function event(changes: Record<string, unknown> = {}): Event {
  count += 1;
  const data = { object: { id: `cs_${count}`, object: "checkout.session", note: "räksmörgås 🧾\u2028" } };
  return {
    id: `evt_${count}`,
    object: "event",
    type: "checkout.session.completed",
    api_version: "2026-10-28.endive",
    created: 1_935_403_200,
    livemode: false,
    pending_webhooks: 1,
    data,
    ...changes,
  };
}
function sign(payload: string, secret = secrets[0]!, at = now): string {
  return Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(at.getTime() / 1000) });
}
async function send(payload: string, header: string | null = sign(payload)) {
  const answer = await inbox.receive(
    "stripe",
    Buffer.from(payload),
    new Headers(header === null ? {} : { "stripe-signature": header }),
  );
  return { status: answer.status, body: JSON.parse(answer.body) as unknown, headers: answer.headers };
}
const stored = (id: string) => service.sql`select * from webhook_events where external_id = ${id}`;
const jobs = (id: string) =>
  service.sql<
    { payload: unknown; max_attempts: number }[]
  >`select payload, max_attempts from graphile_worker._private_jobs where payload->>'eventId' = ${`stripe:${id}`}`;
const alerts = (id: string) => service.sql`select kind, detail from alerts where subject = ${`stripe:${id}`}`;
const total = async () => Number((await service.sql`select count(*) as n from webhook_events`)[0]?.n);

describe("R5: a verified event", () => {
  test("is stored with its job, and answered after both", async () => {
    const sent = event();
    expect(await send(JSON.stringify(sent, null, 2))).toMatchObject({
      status: 200,
      body: { received: true, result: "stored" },
    });
    const [row] = await stored(sent.id);
    expect(row).toMatchObject({
      id: `stripe:${sent.id}`,
      type: sent.type,
      object_id: `cs_${count}`,
      api_version: "2026-10-28.endive",
      status: "received",
    });
    expect(row?.payload).toEqual(sent);
    expect(await jobs(sent.id)).toEqual([
      { payload: { eventId: `stripe:${sent.id}`, _requestId: null }, max_attempts: 12 },
    ]);
  });

  test("hands the request's id to its job", async () => {
    const sent = event();
    await withRequestId("request-1234", () => send(JSON.stringify(sent)));
    expect((await jobs(sent.id))[0]?.payload).toMatchObject({ _requestId: "request-1234" });
  });

  test("that comes again is a duplicate without a second job", async () => {
    const sent = event();
    await send(JSON.stringify(sent));
    expect(await send(JSON.stringify({ ...sent, pending_webhooks: 0 }))).toMatchObject({
      status: 200,
      body: { result: "duplicate" },
    });
    expect(await jobs(sent.id)).toHaveLength(1);
    expect(await alerts(sent.id)).toHaveLength(0);
  });

  test("that comes twenty times at once is stored once", async () => {
    const sent = JSON.stringify(event());
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(sent)));
    const results = answers.map((answer) => (answer.body as { result: string }).result);
    expect(results.filter((result) => result === "stored")).toHaveLength(1);
    expect(results.filter((result) => result === "duplicate")).toHaveLength(19);
    expect(await jobs(`evt_${count}`)).toHaveLength(1);
  });

  test("R5: with a known id and another body keeps the first and tells staff", async () => {
    const first = event();
    await send(JSON.stringify(first));
    const second = await send(JSON.stringify({ ...first, type: "invoice.paid" }));
    expect(second).toMatchObject({ status: 200, body: { received: true, result: "duplicate" } });
    expect((await stored(first.id))[0]).toMatchObject({ type: "checkout.session.completed" });
    expect(await alerts(first.id)).toMatchObject([{ kind: "webhooks.body_differs" }]);
  });

  test("tells of two bodies with one id even when both arrive at once", async () => {
    const first = event();
    await Promise.all([send(JSON.stringify(first)), send(JSON.stringify({ ...first, created: 1 }))]);
    expect(await stored(first.id)).toHaveLength(1);
    expect(await alerts(first.id)).toHaveLength(1);
  });

  test("R5: of an unknown type or version is stored like any other", async () => {
    const sent = event({ type: "galaxy.collapsed", api_version: "2999-01-01.zeta" });
    expect((await send(JSON.stringify(sent))).status).toBe(200);
    expect((await stored(sent.id))[0]).toMatchObject({
      type: "galaxy.collapsed",
      api_version: "2999-01-01.zeta",
      status: "received",
    });
  });
});

describe("an event that can never be processed is kept, dead, with the reason, and fails nobody else", () => {
  const cases: [string, () => string, RegExp][] = [
    ["an escaped NUL", () => JSON.stringify(event({ note: "a\0b" })), /SQLSTATE 22/],
    [
      "half of a surrogate pair",
      () => JSON.stringify(event({ note: "x" })).replace('"note":"x"', String.raw`"note":"\ud83d"`),
      /SQLSTATE 22/,
    ],
    ["a number beyond numeric", () => JSON.stringify(event({ n: 1 })).replace('"n":1', '"n":1e200000'), /SQLSTATE 22/],
    ["no JSON", () => "{ this is not JSON", /not JSON/],
    ["no event", () => '["evt"]', /not an event/],
    ["another mode", () => JSON.stringify(event({ livemode: true })), /live mode/],
    ["another account", () => JSON.stringify(event({ account: "acct_other" })), /another account/],
    ["a thin event", () => JSON.stringify(event({ object: "v2.core.event" })), /snapshot/],
  ];
  test.each(cases)("%s", async (_name, body, reason) => {
    const payload = body();
    const before = await total();
    const neighbours = Array.from({ length: 30 }, () => event());
    const [poison, ...others] = await Promise.all([
      send(payload),
      ...neighbours.map((sent) => send(JSON.stringify(sent))),
    ]);
    expect(poison).toMatchObject({ status: 200, body: { received: true, result: "stored" } });
    expect(others.every((answer) => answer.status === 200)).toBe(true);
    expect(await total()).toBe(before + 31);
    const [dead] =
      await service.sql`select * from webhook_events where status = 'dead' order by received_at desc, id limit 1`;
    expect(dead).toMatchObject({ last_error: expect.stringMatching(reason) as string, payload: { raw: payload } });
    expect(
      await service.sql`select 1 from alerts where subject = ${dead?.id as string} and kind = 'webhooks.unprocessable'`,
    ).toHaveLength(1);
    expect(
      await service.sql`select 1 from graphile_worker._private_jobs where payload->>'eventId' = ${dead?.id as string}`,
    ).toHaveLength(0);
    expect((await send(payload)).body).toMatchObject({ result: "duplicate" });
  });

  test("names longer than an index can hold", async () => {
    const sent = event({ data: { object: { id: "x".repeat(100_000) } }, type: `t.${"y".repeat(9_000)}` });
    expect((await send(JSON.stringify(sent))).body).toMatchObject({ result: "stored" });
  });
});

describe("R3: a signature that is not right: 400 and nothing stored", () => {
  const body = () => JSON.stringify(event());
  const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const cases: [string, (payload: string) => [string, string | null]][] = [
    ["another secret", (payload) => [payload, sign(payload, "whsec_other_00000000000")]],
    ["one byte changed", (payload) => [payload.replace("evt_", "evt-"), sign(payload)]],
    ["signed 301 seconds ago", (payload) => [payload, sign(payload, secrets[0], later(-301))]],
    ["signed 301 seconds ahead", (payload) => [payload, sign(payload, secrets[0], later(301))]],
    ["no header", (payload) => [payload, null]],
    ["an empty header", (payload) => [payload, ""]],
    ["no time", (payload) => [payload, sign(payload).replace(/t=\d+,/, "")]],
    ["encoded again", (payload) => [JSON.stringify(JSON.parse(payload), null, 1), sign(payload)]],
    ["the header twice", (payload) => [payload, `${sign(payload)}, ${sign(payload)}`]],
    ["an empty body", () => ["", sign("")]],
    ["only the test scheme", (payload) => [payload, sign(payload).replace("v1=", "v0=")]],
  ];
  test.each(cases)("%s", async (_name, make) => {
    const before = await total();
    lines.length = 0;
    const [payload, header] = make(body());
    expect(await send(payload, header)).toMatchObject({ status: 400, body: { error: "Invalid signature" } });
    expect(await total()).toBe(before);
    expect(lines).toMatchObject([{ security: "webhook_signature", msg: "refused a webhook" }]);
    expect(JSON.stringify(lines)).not.toContain("räksmörgås");
    expect(JSON.stringify(lines)).not.toMatch(/v1=|whsec_/);
  });

  test.each([-299, 299])("%i seconds beside business time is right", async (seconds) => {
    const payload = body();
    expect((await send(payload, sign(payload, secrets[0], later(seconds)))).status).toBe(200);
  });

  test("either secret is right while one is rotated, and so are two signatures in one header", async () => {
    const [one, two] = [body(), body()];
    expect((await send(one, sign(one, secrets[1]))).status).toBe(200);
    expect((await send(two, `${sign(two, "whsec_unknown_0000000")},${sign(two).split(",")[1]}`)).status).toBe(200);
  });

  test("is judged on business time", async () => {
    now = new Date("2032-05-01T12:00:00Z");
    const payload = body();
    expect((await send(payload)).status).toBe(200);
    expect((await send(payload, sign(payload, secrets[0], new Date()))).status).toBe(400);
  });
});

describe("what is not the sender's fault", () => {
  test("without a secret everything is answered with 500", async () => {
    const payload = JSON.stringify(event());
    const closed = createInbox({ ...parts, secrets: [] });
    expect(
      (await closed.receive("stripe", Buffer.from(payload), new Headers({ "stripe-signature": sign(payload) }))).status,
    ).toBe(500);
  });

  test("a body over 1 MB is answered with 413", async () => {
    expect((await send("x".repeat(1_000_001))).status).toBe(413);
  });

  test("a database that does not answer: 503 with Retry-After, nothing claimed", async () => {
    const gone = connect(urls.service, { name: "gone" });
    await gone.close();
    const broken = createInbox({ ...parts, service: gone });
    const payload = JSON.stringify(event());
    const answer = await broken.receive(
      "stripe",
      Buffer.from(payload),
      new Headers({ "stripe-signature": sign(payload) }),
    );
    expect(answer).toMatchObject({
      status: 503,
      body: '{"error":"Event processing failed"}',
      headers: { "Retry-After": "5" },
    });
  });

  test("more than may wait is answered with 503, the rest is stored", async () => {
    const narrow = createInbox({ ...parts, limits: { maxWaiting: 10, maxGroup: 4 } });
    const sent = Array.from({ length: 60 }, () => JSON.stringify(event()));
    const answers = await Promise.all(
      sent.map((payload) =>
        narrow.receive("stripe", Buffer.from(payload), new Headers({ "stripe-signature": sign(payload) })),
      ),
    );
    const accepted = answers.filter((answer) => answer.status === 200).length;
    expect(accepted).toBe(10);
    expect(answers.filter((answer) => answer.status === 503 && answer.headers["Retry-After"] === "1")).toHaveLength(50);
  });

  test("closing waits for what was taken and takes nothing more", async () => {
    const closing = createInbox(parts);
    const payload = JSON.stringify(event());
    const headers = new Headers({ "stripe-signature": sign(payload) });
    const taken = closing.receive("stripe", payload, headers);
    await closing.close();
    expect((await taken).status).toBe(200);
    expect((await closing.receive("stripe", payload, headers)).status).toBe(503);
  });
});

test("two doors that store the same shuffled events at once store each once", async () => {
  const other = createInbox({ ...parts, service });
  const sent = Array.from({ length: 300 }, () => JSON.stringify(event()));
  const shuffled = sent.toSorted(() => Math.random() - 0.5);
  const before = await total();
  const answers = await Promise.all(
    sent.flatMap((payload, index) => [
      inbox.receive("stripe", payload, new Headers({ "stripe-signature": sign(payload) })),
      other.receive("stripe", shuffled[index]!, new Headers({ "stripe-signature": sign(shuffled[index]!) })),
    ]),
  );
  expect(answers.every((answer) => answer.status === 200)).toBe(true);
  expect(answers.filter((answer) => answer.body.includes("stored"))).toHaveLength(300);
  expect(await total()).toBe(before + 300);
});
