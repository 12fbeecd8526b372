import type { Sql } from "postgres";
import { DomainError, databaseError } from "../kernel/errors.ts";
import { creditErrors } from "./errors.ts";

/** What somebody wants to do with a customer's credits. Ids are made before, so that a retry writes the same rows. */
export type SpendItem = {
  readonly op: "consume" | "reserve" | "report";
  readonly customer: string;
  readonly apiKey: string | null;
  readonly feature: string | null;
  readonly credits: number;
  readonly reason: string;
  readonly reference: string | null;
  readonly key: string;
  readonly hash: string;
  readonly actor: string;
  /** Business time. */
  readonly at: string;
  readonly operation: string;
  readonly posting: string;
  readonly reservation: string | null;
  readonly until: string | null;
};

export type Taken = { readonly grantId: string | null; readonly credits: number };
export type SpendAnswer =
  | {
      readonly outcome: "done" | "replayed";
      readonly operation: string;
      readonly reservation: string | null;
      readonly after: number;
      readonly taken: readonly Taken[] | null;
    }
  | { readonly outcome: "insufficient" | "over_budget"; readonly after: number }
  | { readonly outcome: "conflict" | "again" };

export type EndItem = {
  readonly reservation: string;
  readonly customer: string;
  readonly ending: "confirm" | "release" | "lapse";
  readonly actual: number;
  readonly at: string;
  readonly operation: string;
  readonly posting: string;
  readonly actor: string;
};
export type EndAnswer =
  | {
      readonly outcome: "done" | "replayed";
      readonly operation: string;
      readonly after: number;
      readonly taken: readonly Taken[] | null;
    }
  | { readonly outcome: "insufficient" | "over_budget"; readonly after: number }
  | { readonly outcome: "missing" }
  | { readonly outcome: "ended"; readonly ending: string };

/** Where credits are spent on the spot. One per process; safe with any number of processes. */
export type CreditDesk = {
  spend(item: SpendItem): Promise<SpendAnswer>;
  end(item: EndItem): Promise<EndAnswer>;
};

type Waiting = { readonly item: SpendItem; resolve(answer: SpendAnswer): void; reject(error: unknown): void };

const BATCH = 64;
/** Calls that stand in one row on the line: one under way, and the next behind it. */
const IN_LINE = 2;
/** A call costs as much as several of its requests: the next one waits for so many, and for half of those under way. */
const WORTH_SENDING = 7;
/** Where so many wait behind both, some go beside them over the pool: also when a call on the line waits for a lock. */
const WORTH_A_CONNECTION = 32;
const ATTEMPTS = 6;
const RETRYABLE = new Set(["40001", "40P01"]);

/**
 * Gathers what is asked for in the same moment into one call of `app.spend_credits`: one commit for up to 64 of them, each
 * decided alone. So a customer whose programs all spend at once is limited by the statement, not by 64 commits in a row.
 *
 * `line` is a connection that nothing else is asked on: the next call stands there behind the one under way, and the
 * database goes on with it at once.
 */
export function createCreditDesk(sql: Sql, line: Sql = sql): CreditDesk {
  const queue: Waiting[] = [];
  let inLine = 0;
  let underWay = 0;
  let beside = false;
  let gathering = false;

  const call = async (by: Sql, items: readonly SpendItem[]): Promise<SpendAnswer[]> => {
    const text = JSON.stringify(items.map((item, no) => ({ no, ...item })));
    const customers = [...new Set(items.map(({ customer }) => customer))];
    const apiKeys = [...new Set(items.flatMap(({ apiKey }) => apiKey ?? []))];
    const reporting = [...new Set(items.flatMap(({ op, customer }) => (op === "report" ? customer : [])))];
    const [row] = await retried(() =>
      by.unsafe<{ answers: (SpendAnswer & { no: number })[] | string }[]>(
        "select app.spend_credits($1::text::json, $2::text[], $3::text[], $4::text[]) as answers",
        [text, customers, apiKeys, reporting],
        { prepare: true },
      ),
    );
    const answers = parsed<(SpendAnswer & { no: number })[]>(row?.answers ?? []);
    const byNumber = new Map(answers.map((answer) => [answer.no, answer]));
    return items.map((_, no) => byNumber.get(no) ?? { outcome: "again" });
  };

  /** Asks for all of them; what it resolves with tells each its answer. */
  const serve = async (by: Sql, batch: readonly Waiting[]): Promise<() => void> => {
    try {
      const answers = await call(
        by,
        batch.map(({ item }) => item),
      );
      const told = batch.map((waiting, index) => ({ waiting, answer: answers[index] }));
      return () => {
        for (const { waiting, answer } of told) {
          // The same key stood twice in one batch: the second asks again and is answered with what the first one did.
          if (!answer || answer.outcome === "again") ask(waiting);
          else waiting.resolve(answer);
        }
      };
    } catch (error) {
      if (batch.length === 1 || error instanceof DomainError)
        return () => {
          for (const waiting of batch) waiting.reject(error);
        };
      // One of them is poison: halve until it stands alone.
      const middle = Math.ceil(batch.length / 2);
      const tellFirst = await serve(by, batch.slice(0, middle));
      tellFirst();
      return serve(by, batch.slice(middle));
    }
  };

  const pump = (): void => {
    for (;;) {
      const waiting = queue.length;
      const next = inLine === 0 ? waiting > 0 : inLine < IN_LINE && waiting >= Math.max(WORTH_SENDING, underWay / 2);
      if (next) {
        inLine += 1;
        go(line, () => {
          inLine -= 1;
        });
      } else if (waiting >= WORTH_A_CONNECTION && !beside) {
        beside = true;
        go(sql, () => {
          beside = false;
        });
      } else return;
    }
  };
  const go = (by: Sql, done: () => void): void => {
    const batch = queue.splice(0, BATCH);
    underWay += batch.length;
    void serve(by, batch).then((tell) => {
      underWay -= batch.length;
      done();
      pump();
      // The next call is on its way before those who are answered go on: the database works while they do.
      process.nextTick(setImmediate, tell);
    });
  };
  const ask = (waiting: Waiting): void => {
    queue.push(waiting);
    if (gathering) return;
    gathering = true;
    setImmediate(() => {
      gathering = false;
      pump();
    });
  };

  return {
    spend: (item) => new Promise((resolve, reject) => ask({ item, resolve, reject })),
    async end({ reservation, customer, ending, actual, at, operation, posting, actor }) {
      const [row] = await retried(() =>
        sql.unsafe<{ answer: EndAnswer | string }[]>(
          "select app.end_reservation($1, $2, $3, $4::bigint, $5::timestamptz, $6, $7, $8) as answer",
          [reservation, customer, ending, String(actual), at, operation, posting, actor],
          { prepare: true },
        ),
      );
      return parsed<EndAnswer>(row?.answer ?? { outcome: "missing" });
    },
  };
}

/** JSON comes as text or parsed, as the connection was told. */
function parsed<T>(value: T | string): T {
  return typeof value === "string" ? (JSON.parse(value) as T) : value;
}

/** What PostgreSQL gave up for others to go on (a deadlock, a conflict) is asked again, five times; then the caller is. */
async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const code = databaseError(error)?.code;
      if (code === undefined || !RETRYABLE.has(code)) throw error;
      if (attempt >= ATTEMPTS) throw creditErrors.busy({ retryAfterSeconds: 1 });
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 5 * Math.random()));
    }
  }
}
