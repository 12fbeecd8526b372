import type { AppLoadContext } from "@remix-run/node";
import { formatMoney, type MoneyView } from "../format/money.ts";
import type { CsvColumn } from "./csv.server.ts";
import type { ListDefinition } from "./definition.ts";

export type Caller = AppLoadContext["caller"];
type Asked = Record<string, string | number | undefined>;
type Pages<Row> = (caller: Caller, asked: Asked) => Promise<{ items: readonly Row[]; nextCursor: string | null }>;

/** A list that can be taken out as a file: read page by page through the very procedure that the page uses. */
export type ListExport = {
  readonly definition: ListDefinition;
  rows(caller: Caller, asked: Asked): AsyncGenerator<unknown>;
  readonly columns: readonly CsvColumn<never>[];
};

export type RowsOf<Procedure extends (...args: never[]) => Promise<{ items: readonly unknown[] }>> = Awaited<
  ReturnType<Procedure>
>["items"][number];

const PAGE = 500;

export function listExport<Row>(
  definition: unknown,
  pages: Pages<Row>,
  columns: readonly CsvColumn<Row>[],
): ListExport {
  return {
    definition: definition as ListDefinition,
    columns: columns as readonly CsvColumn<never>[],
    async *rows(caller, asked) {
      for (let cursor: string | undefined; ; ) {
        const page = await pages(caller, { ...asked, cursor, limit: PAGE });
        yield* page.items;
        if (page.nextCursor === null) return;
        cursor = page.nextCursor;
      }
    },
  };
}

/** An amount twice: minor units to count with, and as people write it. Both empty where there is none. */
export function money<Row>(name: string, of: (row: Row) => MoneyView | null): CsvColumn<Row>[] {
  return [
    { name: `${name}_minor`, value: (row) => of(row)?.amount ?? null },
    { name: `${name}_currency`, value: (row) => of(row)?.currency ?? null },
    {
      name,
      value: (row) => {
        const shown = of(row);
        return shown && formatMoney(shown, "en", "ledger");
      },
    },
  ];
}
