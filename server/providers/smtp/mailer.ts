import { Transform } from "node:stream";
import { createTransport } from "nodemailer";
import { ProviderError } from "../../kernel/errors.ts";
import type { Mailer } from "../../messaging/mailer.ts";
import { smtpFailure } from "./smtp-failure.ts";

const SECONDS = 1000;

/** So many mails go out at once, and a connection stays open this long (ms) for the next: a server lets whoever comes wait before it greets. */
const [AT_ONCE, KEPT_MS] = [4, 30 * SECONDS];

/**
 * Sends over SMTP. Mails that follow each other share a connection; should it break, the mail on it is not sent again
 * here: whether it arrived is unknown then, and whoever asked says how often it is tried. Gives up after 45 seconds,
 * sooner than the job does. `url` is smtp:// or smtps://, with the account in
 * it where there is one; STARTTLS is used where the server offers it (`?requireTLS=true` insists).
 */
export function createMailer(settings: { url: string; from: string }): Mailer {
  const transport = createTransport({
    url: settings.url,
    pool: true,
    maxConnections: AT_ONCE,
    maxRequeues: 0,
    idleTimeout: KEPT_MS,
    connectionTimeout: 10 * SECONDS,
    greetingTimeout: 10 * SECONDS,
    socketTimeout: 30 * SECONDS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transport.use("stream", ({ message }, done) => {
    message.transform(inOnePiece);
    done();
  });
  return {
    async send(mail) {
      const { messageId, to, subject, html, text, date } = mail;
      try {
        await transport.sendMail({
          from: settings.from,
          // An object, not a line to be parsed: an address can add no recipient.
          to: { name: "", address: to },
          subject,
          html,
          text,
          date,
          messageId,
          headers: { "Auto-Submitted": "auto-generated", "Content-Language": mail.locale },
          signal: AbortSignal.timeout(45 * SECONDS),
        });
      } catch (error) {
        const { reason, message, code } = smtpFailure(error);
        throw new ProviderError("smtp", reason, message, { code });
      }
    },
  };
}

/** Holds what comes until it is whole: as it is put together, a letter would go out in a packet for each of its parts. */
function inOnePiece(): Transform {
  const parts: Buffer[] = [];
  return new Transform({
    transform(part: Buffer, _encoding, done) {
      parts.push(part);
      done();
    },
    flush(done) {
      done(null, Buffer.concat(parts));
    },
  });
}
