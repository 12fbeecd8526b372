export interface ErrorBody {
  type: "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
  message: string;
  code?: string;
  param?: string;
  [detail: string]: unknown;
}

/**
 * An answer that is an error, worded as the provider words it. `executed` tells whether the operation had begun:
 * only then does an idempotency key remember the answer.
 */
export class StripeFault extends Error {
  readonly status: number;
  readonly body: ErrorBody;
  readonly executed: boolean;

  constructor(status: number, body: ErrorBody, executed = false) {
    super(body.message);
    this.name = "StripeFault";
    this.status = status;
    this.body = body;
    this.executed = executed;
  }
}

/** 400: what was sent cannot be read or is not allowed. */
export function invalid(message: string, param?: string, code?: string): StripeFault {
  return new StripeFault(400, {
    type: "invalid_request_error",
    message,
    ...(param === undefined ? {} : { param }),
    ...(code === undefined ? {} : { code }),
  });
}

/** 400: the request was understood, but the object is in no state for it. */
export function refused(message: string, param?: string, code?: string): StripeFault {
  const fault = invalid(message, param, code);
  return new StripeFault(400, fault.body, true);
}

/** 404 when the address names something unknown, 400 when a parameter does. */
export function missing(noun: string, id: string, param: string, inPath: boolean): StripeFault {
  const hint =
    noun === "PaymentMethod"
      ? "; It's possible this PaymentMethod exists on one of your connected accounts, in which case you should retry this request on that connected account. Learn more at https://stripe.com/docs/connect/authentication"
      : "";
  return new StripeFault(inPath ? 404 : 400, {
    type: "invalid_request_error",
    code: "resource_missing",
    message: `No such ${noun}: '${id}'${hint}`,
    param,
  });
}

/** 501: the provider can do this, the sandbox cannot yet. Never a silent success. */
export function notSimulated(what: string): StripeFault {
  return new StripeFault(501, {
    type: "api_error",
    code: "sandbox_not_implemented",
    message: `The sandbox does not simulate ${what} yet.`,
  });
}

/** The body as it is sent: keys in alphabetical order, with the pages that the provider links to. */
export function errorAnswer(body: ErrorBody, requestId: string): { error: Record<string, unknown> } {
  const full: Record<string, unknown> = {
    ...body,
    ...(body.code === undefined
      ? {}
      : { doc_url: `https://stripe.com/docs/error-codes/${body.code.replaceAll("_", "-")}` }),
    request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
  };
  return { error: Object.fromEntries(Object.entries(full).sort(([a], [b]) => (a < b ? -1 : 1))) };
}
