import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAnnouncementSender } from "./announcement-sender.ts";

const calls: string[] = [];
const server = createServer((request, response) => {
  calls.push(request.url ?? "");
  if (request.url === "/slow") return;
  const location = `http://127.0.0.1:${port()}/secret`;
  if (request.url === "/moved") response.writeHead(302, { location }).end();
  else response.writeHead(Number(request.url?.slice(1)) || 200).end("x".repeat(100_000));
});
const port = () => (server.address() as AddressInfo).port;
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const message = (url: string) => ({ url, headers: { "content-type": "application/json" }, body: "{}" });
type Resolve = NonNullable<Parameters<typeof createAnnouncementSender>[0]["resolve"]>;
/** Resolves every name to these addresses, as a name server would that its owner has set up to harm. */
const resolvingTo = (...addresses: string[]) =>
  ((_name: string, _options: object, done: (error: null, found: { address: string; family: number }[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
    )) as unknown as Resolve;

describe("R31 outbound: announcements go to public addresses only", () => {
  const live = createAnnouncementSender({ allowPrivate: false });

  it.each([
    ...["http://shop.example/x", "https://127.0.0.1/x", "https://[::1]/x", "https://169.254.169.254/latest/meta-data"],
    ...["https://10.0.0.1", "https://2130706433/", "https://0x7f.1/", "https://localhost/x", "https://metadata/x"],
    ...[
      "https://[::ffff:127.0.0.1]/",
      "ftp://shop.example",
      "file:///etc/passwd",
      "https://user:pw@shop.example/",
      "x",
    ],
  ])("refuses %s before anything is resolved", async (url) => {
    expect(live.accepts(url)).toBe(false);
    expect(await live.send(message(url))).toEqual({ ok: false, status: null, problem: "not_allowed" });
  });

  it.each([[["127.0.0.1"]], [["169.254.169.254"]], [["::1"]], [["8.8.8.8", "10.0.0.1"]]])(
    "refuses a name that resolves to %s, also beside a public address",
    async (addresses) => {
      const rebinding = createAnnouncementSender({ allowPrivate: false, resolve: resolvingTo(...addresses) });
      expect(rebinding.accepts("https://shop.example/")).toBe(true);
      const outcome = await rebinding.send(message(`https://shop.example:${port()}/`));
      expect(outcome).toEqual({ ok: false, status: null, problem: "not_allowed" });
      expect(calls).toEqual([]);
    },
  );
});

describe("what comes of a message", () => {
  const sender = createAnnouncementSender({ allowPrivate: true });
  const hasty = createAnnouncementSender({ allowPrivate: true, timeoutMs: 400 });
  const send = (path: string) => sender.send(message(`http://127.0.0.1:${port()}/${path}`));

  it("is its status, of whatever length the answer is", async () => {
    expect(await send("200")).toEqual({ ok: true, status: 200 });
    expect(await send("401")).toEqual({ ok: false, status: 401, problem: "refused" });
    expect(await send("503")).toEqual({ ok: false, status: 503, problem: "failed" });
  });

  it("is a failure when it is sent on elsewhere, and nobody goes there", async () => {
    expect(await send("moved")).toEqual({ ok: false, status: 302, problem: "redirect" });
    expect(calls).not.toContain("/secret");
  });

  it("is a failure when nobody answers", async () => {
    expect(await hasty.send(message(`http://127.0.0.1:${port()}/slow`))).toEqual({
      ok: false,
      status: null,
      problem: "timeout",
    });
    expect(await sender.send(message("http://127.0.0.1:1/"))).toMatchObject({ ok: false, problem: "no_answer" });
  });
});
