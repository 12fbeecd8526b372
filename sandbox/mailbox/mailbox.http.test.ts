import { createTransport } from "nodemailer";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestBench, type TestBench } from "../test-bench.ts";

let bench: TestBench;
beforeAll(async () => {
  bench = await startTestBench();
});
afterAll(() => bench.close());

const send = (mail: Record<string, unknown>) =>
  createTransport({ host: "127.0.0.1", port: bench.sandbox.smtpPort, ignoreTLS: true }).sendMail({
    from: "Kraftverk <hej@kraftverk.test>",
    ...mail,
  });
interface Mail {
  id: number;
  to: string[];
  from: string;
  subject: string;
  messageId: string;
  text: string;
  html: string;
  links: string[];
  attachments: { name: string }[];
}
const inbox = async (query = "") =>
  ((await bench.control("GET", `/_control/mail${query}`)).body as { mail: Mail[] }).mail;

it("keeps each mail as it was sent, to whom it really went", async () => {
  await send({
    to: "ada@example.com",
    bcc: "copy@example.com",
    subject: "Välkommen åter",
    messageId: "<one@kraftverk.test>",
    text: "Hej. http://shop.test/a",
    html: '<p>Hej</p><a href="http://shop.test/verify?token=x&amp;y=1">Bekräfta</a>',
    attachments: [{ filename: "kvitto.pdf", content: Buffer.alloc(2_000) }],
  });
  const [mail] = await inbox("?to=ADA@example.com");
  expect(mail).toMatchObject({
    from: "hej@kraftverk.test",
    to: ["ada@example.com", "copy@example.com"],
    subject: "Välkommen åter",
    messageId: "<one@kraftverk.test>",
    links: ["http://shop.test/verify?token=x&y=1", "http://shop.test/a"],
    attachments: [{ name: "kvitto.pdf" }],
  });
  expect(mail?.text).toContain("Hej.");
  expect(await inbox("?to=nobody@example.com")).toEqual([]);
});

it("shows every receipt, also of the same mail, newest first", async () => {
  for (const subject of ["First", "Second", "Second"])
    await send({ to: "bo@example.com", subject, messageId: "<same@kraftverk.test>", text: subject });
  expect((await inbox("?to=bo@example.com")).map((one) => one.subject)).toEqual(["Second", "Second", "First"]);
});

it("shows a mail without letting it do anything", async () => {
  await send({
    to: "eve@example.com",
    subject: '<script>alert("x")</script>',
    text: "x",
    html: '<script>alert(1)</script><p style="color:red">Hej</p>',
  });
  const [mail] = await inbox("?to=eve@example.com");
  const page = await (await fetch(`${bench.sandbox.url}/mailbox/${mail?.id}`)).text();
  expect(page).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
  expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  const content = await fetch(`${bench.sandbox.url}/mailbox/${mail?.id}/content`);
  expect(content.headers.get("content-security-policy")).toMatch(/^sandbox allow-popups .*default-src 'none'/);
  expect((await fetch(`${bench.sandbox.url}/mailbox?to=bo@example.com`)).status).toBe(200);
  expect((await fetch(`${bench.sandbox.url}/mailbox/9999`)).status).toBe(404);
});

it("can refuse, break before it takes a mail, and break after it took one", async () => {
  const fault = (smtp: unknown) => bench.control("POST", "/_control/faults", { smtp });
  const try_ = async (subject: string) =>
    send({ to: "fault@example.com", subject, text: "x" }).then(
      () => "sent",
      (error: { responseCode?: number; code?: string }) => error.responseCode ?? error.code,
    );
  await fault({ kind: "reject", times: 1 });
  expect(await try_("refused")).toBe(451);
  await fault({ kind: "reset", when: "before" });
  expect(await try_("lost")).not.toBe("sent");
  await fault({ kind: "reset", when: "after" });
  expect(await try_("taken, and nobody told")).not.toBe("sent");
  expect(await try_("fine")).toBe("sent");
  expect((await inbox("?to=fault@example.com")).map((one) => one.subject)).toEqual(["fine", "taken, and nobody told"]);
});
