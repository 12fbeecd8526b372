import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeEach, expect, it } from "vitest";
import type { OutgoingMail } from "../../messaging/mailer.ts";
import { createMailer } from "./mailer.ts";

const sockets = new Set<Socket>();
let connections = 0;
let arrived: string[] = [];
/** The letter that came last. */
let whole = "";
/** Breaks the connection on which the next mail comes, after it has arrived. */
let breaks = false;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS", "AUTH"],
  disableReverseLookup: true,
  logger: false,
  onData(stream, _session, done) {
    let text = "";
    stream.on("data", (chunk) => (text += String(chunk)));
    stream.on("end", () => (whole = text));
    stream.on("end", () => {
      arrived.push(/^Subject: (.*)$/m.exec(text)?.[1]?.trim() ?? "");
      if (!breaks) return done();
      breaks = false;
      for (const socket of sockets) socket.destroy();
    });
  },
});
server.on("error", () => {});
server.server.on("connection", (socket: Socket) => {
  connections += 1;
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
});
await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", () => resolve()));
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  return new Promise<void>((resolve) => void server.close(() => resolve()));
});

const { port } = server.server.address() as AddressInfo;
const mailer = createMailer({ url: `smtp://127.0.0.1:${port}`, from: "Kraftverk <hej@example.se>" });
const mail = (subject: string): OutgoingMail => ({
  ...{ messageId: `<${subject}@example.se>`, to: "kund@example.se", subject, html: "<p>Hej</p>", text: "Hej" },
  ...{ date: new Date(), locale: "sv" as const },
});
beforeEach(() => {
  connections = 0;
  arrived = [];
});

it("mails that follow each other share a connection, and many at once a few", async () => {
  for (const subject of ["one", "two", "three"]) await mailer.send(mail(subject));
  expect(connections).toBe(1);
  const many = Array.from({ length: 20 }, (_, index) => `of-many-${index}`);
  await Promise.all(many.map((subject) => mailer.send(mail(subject))));
  expect(connections).toBeLessThanOrEqual(4);
  expect(arrived.toSorted()).toEqual(["one", "two", "three", ...many].toSorted());
});

it("a mail whose connection breaks goes out once, its outcome is unknown, and the next finds its way", async () => {
  await mailer.send(mail("before"));
  breaks = true;
  await expect(mailer.send(mail("cut-off"))).rejects.toMatchObject({ reason: "unknown_outcome" });
  await mailer.send(mail("after"));
  expect(arrived).toEqual(["before", "cut-off", "after"]);
});

it("a letter arrives whole and once: its head, both of its parts and their ends", async () => {
  const long = "å.\r\n..".repeat(3_000);
  await mailer.send({ ...mail("whole"), html: `<p>${long}</p>`, text: long });
  const [head = "", ...parts] = whole.split(/^--[^\r\n]*Part_1(?:--)?\r\n/m);
  expect(head).toMatch(/^Auto-Submitted: auto-generated\r\n/);
  const read = parts.map((part) => part.split("\r\n\r\n"));
  expect(read.map(([about = ""]) => /^Content-Type: ([^;]+)/.exec(about)?.[1])).toEqual([
    "text/plain",
    "text/html",
    undefined,
  ]);
  const texts = read.slice(0, 2).map(([about, text = ""]) => {
    expect(about).toContain("Content-Transfer-Encoding: base64");
    return Buffer.from(text, "base64").toString();
  });
  expect(texts).toEqual([long, `<p>${long}</p>`]);
});
