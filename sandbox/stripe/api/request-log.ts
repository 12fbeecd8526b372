export interface LoggedRequest {
  id: string;
  /** Milliseconds on the sandbox clock. */
  at: number;
  method: string;
  path: string;
  status: number;
  idempotencyKey: string | null;
  replayed: boolean;
  /** The error's message, when the answer was one. */
  error: string | null;
  milliseconds: number;
}

const kept = 500;

/** The last calls, and everything that was asked for and is not simulated. For people to look at, so memory is enough. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];
  readonly #unimplemented = new Map<string, number>();
  #served = 0;

  /** How many calls were answered since the start. */
  get served(): number {
    return this.#served;
  }

  add(request: LoggedRequest): void {
    this.#served += 1;
    this.#requests.push(request);
    if (this.#requests.length > kept) this.#requests.shift();
    if (request.status === 501) {
      const what = `${request.method} ${request.path} (${request.error ?? ""})`;
      this.#unimplemented.set(what, (this.#unimplemented.get(what) ?? 0) + 1);
    }
  }

  /** Newest first. */
  latest(limit: number): LoggedRequest[] {
    return this.#requests.slice(-limit).reverse();
  }

  unimplemented(): { call: string; times: number }[] {
    return [...this.#unimplemented].map(([call, times]) => ({ call, times }));
  }

  clear(): void {
    this.#requests.length = 0;
    this.#unimplemented.clear();
  }
}
