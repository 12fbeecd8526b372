import { isLostConnection } from "./lost-connection.ts";

type Fetch = typeof fetch;

/**
 * Requests for a page's data that the server did not answer, though the device says that it has a connection. Each waits,
 * and the page with it, with what was typed in it: until somebody tries again, or the router no longer wants the answer.
 */
export type Unanswered = {
  readonly fetch: Fetch;
  /** How many wait. */
  count(): number;
  tryAgain(): void;
  subscribe(changed: () => void): () => void;
};

export function createUnanswered(ask: Fetch): Unanswered {
  const waiting = new Set<() => void>();
  const listeners = new Set<() => void>();
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const wait = (signal: AbortSignal | null | undefined) =>
    new Promise<void>((resolve, reject) => {
      const done = (end: () => void) => {
        signal?.removeEventListener("abort", dropped);
        waiting.delete(again);
        changed();
        end();
      };
      const again = () => done(resolve);
      const dropped = () => done(() => reject(signal?.reason));
      signal?.addEventListener("abort", dropped);
      waiting.add(again);
      changed();
    });
  return {
    async fetch(input, init) {
      for (;;) {
        try {
          // A request with a body can be sent once: what is asked again is a copy.
          return await ask(input instanceof Request ? input.clone() : input, init);
        } catch (error) {
          const signal = init?.signal ?? (input instanceof Request ? input.signal : null);
          if (!isPageData(input) || !isLostConnection(error) || signal?.aborted) throw error;
          await wait(signal);
        }
      }
    },
    count: () => waiting.size,
    tryAgain() {
      for (const again of [...waiting]) again();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What a link or a form of a page asks for: `/cart.data`. Everything else has words of its own for a lost answer. */
function isPageData(input: RequestInfo | URL): boolean {
  const address = input instanceof Request ? input.url : String(input);
  return /^[^?#]*\.data(\?|$)/.test(address);
}

let installed: Unanswered | undefined;

/** The browser's own, once `watchUnanswered` has run. */
export const unanswered = {
  subscribe: (changed: () => void) => installed?.subscribe(changed) ?? (() => {}),
  waits: () => (installed?.count() ?? 0) > 0,
  tryAgain: () => installed?.tryAgain(),
};

/** Lets every request for a page's data wait for an answer. In the browser, once, before anything is asked. */
export function watchUnanswered(): void {
  installed = createUnanswered(window.fetch.bind(window));
  window.fetch = installed.fetch;
}
