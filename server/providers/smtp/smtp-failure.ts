import type { ProviderError } from "../../kernel/errors.ts";

export type SmtpFailure = {
  readonly reason: ProviderError["reason"];
  readonly message: string;
  readonly code: string | null;
};

/** Failures before anything of the mail was handed over. */
const NOT_CONNECTED = new Set(["EDNS", "ETLS", "EAUTH", "ENOAUTH", "EREQUIRETLS", "EPROXY", "ECONFIG"]);
/** Addresses that cannot be written to at all; the server was not asked. */
const UNWRITABLE = new Set(["EENVELOPE", "EMAXRECIPIENTS"]);

/**
 * What a failed sending means. An answer of the server is certain: 5xx is a final no to this mail, 4xx means later, and a
 * refused log-in is our trouble, not the mail's. Without an answer it is uncertain as soon as there was a connection. The
 * message names the answer's code alone, since its words repeat the address.
 */
export function smtpFailure(error: unknown): SmtpFailure {
  const { code, responseCode, command, syscall } = fields(error);
  if (responseCode !== null && !command?.startsWith("AUTH")) {
    const reason = responseCode >= 500 ? "rejected" : "unavailable";
    return { reason, message: `the mail server answered ${responseCode}`, code: String(responseCode) };
  }
  if (code !== null && UNWRITABLE.has(code))
    return { reason: "rejected", message: "the address cannot be written to", code };
  if (syscall === "connect" || (code !== null && NOT_CONNECTED.has(code))) {
    return { reason: "unavailable", message: `the mail server could not be reached (${code ?? "no code"})`, code };
  }
  return { reason: "unknown_outcome", message: `the mail server did not answer (${code ?? "no code"})`, code };
}

function fields(error: unknown) {
  const record: Record<string, unknown> = typeof error === "object" && error !== null ? { ...error } : {};
  const text = (name: string) => (typeof record[name] === "string" ? record[name] : null);
  const number = (name: string) => (typeof record[name] === "number" ? record[name] : null);
  return {
    code: text("code"),
    responseCode: number("responseCode"),
    command: text("command"),
    syscall: text("syscall"),
  };
}
