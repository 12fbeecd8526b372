import pino from "pino";
import { afterAll } from "vitest";
import { createRateLimits, relyingParty, type Session } from "../../server/identity/index.ts";
import { resumeSession } from "../../server/identity/resume-session.ts";
import { accountActor } from "../../server/identity/session.ts";
import { signIn } from "../../server/identity/sign-in.ts";
import { signUp } from "../../server/identity/sign-up.ts";
import { verifyEmail } from "../../server/identity/verify-email.ts";
import type { Actor } from "../../server/kernel/actor.ts";
import type { Ctx } from "../../server/kernel/ctx.ts";
import { type Connection, connect, databaseFor } from "../../server/kernel/db.ts";
import { createLinks } from "../../server/kernel/links.ts";
import { createSecretBox } from "../../server/kernel/secret-box.ts";
import { loadTemplates, sendEmail } from "../../server/messaging/index.ts";
import { createMailer } from "../../server/providers/smtp/mailer.ts";
import { testCompany } from "./company.ts";
import { testDatabase } from "./database.ts";
import { testSandbox } from "./sandbox.ts";

export const PASSWORD = "blåbärssoppa till frukost";

export type Letter = { messageId: string; subject: string; to: string[]; text: string; html: string; links: string[] };

/**
 * Accounts and mail as they are in production: a database under its three roles, the real mailer and the sandbox's mailbox.
 * Call it at the top of a test file. `time` moves both clocks; attempts are counted in real time.
 */
export async function testAccounts(expected: readonly RegExp[] = []) {
  const { urls } = await testDatabase(expected);
  const sandbox = await testSandbox();
  const member = connect(urls.member, { name: "test-member", max: 10 });
  const service = connect(urls.service, { name: "test-service", max: 5 });
  afterAll(() => Promise.all([member.close(), service.close()]));
  const time = { business: new Date("2026-11-20T12:00:00Z"), technical: new Date() };
  const baseUrl = "http://localhost:3000";
  const links = createLinks({ baseUrl, secrets: ["s".repeat(32)] });
  const providers = {
    mailer: createMailer({ url: sandbox.smtpUrl, from: "Kraftverk <hej@kraftverk.test>" }),
    templates: loadTemplates({ baseUrl, company: { look: async () => {}, current: () => testCompany } }),
    rateLimits: createRateLimits(member.sql),
    secretBox: createSecretBox(["s".repeat(32)]),
    relyingParty: relyingParty(baseUrl, "Kraftverk"),
    links,
  };
  const log = pino({ level: "silent" });
  const now = () => time.business;
  const context = (actor: Actor, connection: Connection): Ctx<typeof providers> => ({
    db: databaseFor(connection, { actor, now, reactions: {} }),
    actor,
    now,
    technical: { now: () => time.technical },
    providers,
    log,
    requestId: "test",
  });
  const visitor = context({ kind: "anonymous", tokens: [] }, member);
  const worker = context({ kind: "system", name: "test" }, service);

  /** Sends every mail that waits, as the worker would. */
  const deliver = async () => {
    const queued = await service.sql<{ id: string }[]>`select id from emails where status = 'queued' order by id`;
    for (const { id } of queued) await sendEmail(worker, { emailId: id });
  };
  const letters = async (to: string) => {
    const { mail } = (await sandbox.control(`mail?to=${encodeURIComponent(to)}`)) as { mail: Letter[] };
    return mail;
  };
  /** The token of the newest secret link that was mailed to an address. */
  const mailedToken = async (
    to: string,
    path: "/verify" | "/reset" | "/confirm-address" | "/undo-address" | "/join" | "/invitation",
  ) => {
    for (const letter of await letters(to)) {
      const link = letter.links.find((one) => one.includes(`${path}?token=`));
      if (link) return new URL(link).searchParams.get("token") ?? "";
    }
    throw new Error(`no link to ${path} was mailed to ${to}`);
  };
  let hosts = 0;
  /** An address nobody has tried anything from. */
  const ip = () => `198.51.100.${++hosts}`;
  const browser = () => ({ ip: ip(), userAgent: "test", present: null });

  /** An account whose address is confirmed, made as a person would make it. */
  const account = async (email: string, password = PASSWORD) => {
    await signUp(visitor, { email, password, locale: "sv", ip: ip() });
    await deliver();
    const token = await mailedToken(email, "/verify");
    return verifyEmail(visitor, { token, password, ...browser() });
  };
  const enter = async (email: string, password = PASSWORD) => {
    const opened = await signIn(visitor, { email, password, ...browser() });
    if (opened.outcome !== "signed_in") throw new Error("the account asks for a second factor");
    const session = await resumeSession(member, opened.token, time.technical);
    if (!session) throw new Error("the session that was just opened is not there");
    return { ...opened, session };
  };
  const as = (session: Session) => context(accountActor(session), member);

  return {
    urls,
    sandbox,
    member,
    service,
    time,
    providers,
    context,
    visitor,
    worker,
    deliver,
    letters,
    mailedToken,
    ip,
    browser,
    account,
    enter,
    as,
  };
}
