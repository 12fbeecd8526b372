import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from "smtp-server";
import type { Clock } from "../clock.ts";
import type { Faults } from "../control/faults.ts";
import type { Mailbox } from "./store.ts";

const largest = 10_000_000;

async function collect(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function receive(mailbox: Mailbox, clock: Clock, raw: Buffer, session: SMTPServerSession): void {
  const { mailFrom, rcptTo } = session.envelope;
  mailbox.add({
    receivedAt: clock.now(),
    from: mailFrom ? mailFrom.address : "",
    to: rcptTo.map((one) => one.address),
    raw: raw.toString("latin1"),
  });
}

export interface RunningSmtp {
  port: number;
  close(): Promise<void>;
}

/** Takes any mail without a log-in, and sends none on. */
export async function startSmtp(options: {
  host: string;
  port: number;
  mailbox: Mailbox;
  clock: Clock;
  faults: Faults;
}): Promise<RunningSmtp> {
  const { mailbox, clock, faults } = options;
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    hideSTARTTLS: true,
    disableReverseLookup: true,
    logger: false,
    size: largest,
    onData(stream, session, done) {
      const fault = faults.takeSmtpFault();
      const cut = () => sockets.get(session.remotePort)?.destroy();
      const work = async () => {
        const raw = await collect(stream);
        if (stream.sizeExceeded)
          return done(Object.assign(new Error("Message exceeds the maximum size"), { responseCode: 552 }));
        if (fault?.when === "before" && fault.kind === "reset") return cut();
        if (fault?.when === "before")
          return done(Object.assign(new Error("Not now (a fault set in the sandbox)"), { responseCode: fault.status }));
        receive(mailbox, clock, raw, session);
        // After the message is in the mailbox the sender never learns of it.
        if (fault) return cut();
        done();
      };
      work().catch((error: unknown) => done(error instanceof Error ? error : new Error(String(error))));
    },
  });
  server.on("error", (error) => console.error(`mailbox: ${error.message}`));
  server.server.on("connection", (socket: Socket) => {
    const port = socket.remotePort ?? 0;
    sockets.set(port, socket);
    socket.once("close", () => sockets.delete(port));
  });
  await new Promise<void>((resolve, reject) => {
    server.server.once("error", reject);
    server.listen(options.port, options.host, () => resolve());
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
