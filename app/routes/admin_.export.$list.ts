import { data, type LoaderFunctionArgs } from "@remix-run/node";
import type { Failure } from "~/lib/failure.ts";
import { requireStaff } from "~/lib/guard.ts";
import { csvStream } from "~/lib/lists/csv.server.ts";
import { LIST_EXPORTS } from "~/lib/lists/exports.server.ts";
import { readList } from "~/lib/lists/read-list.ts";
import { answer } from "~/lib/respond.ts";

/** A list as a file: the filters and order of its address, all pages, for roles that may take data out. Audited. */
export function loader(args: LoaderFunctionArgs) {
  requireStaff(args);
  return answer(args, async ({ caller, requestId, businessNow }) => {
    const name = args.params.list ?? "";
    const list = LIST_EXPORTS.find((one) => one.definition.name === name);
    const asked = list ? readList(new URL(args.request.url), list.definition) : null;
    await caller.reporting.export({ list: /^[a-z]{2,30}$/.test(name) ? name : "unknown", query: asked?.query ?? "" });
    if (!list || !asked) throw data<Failure>({ requestId }, { status: 404 });
    const { filters, sort, direction } = asked;
    const rows = list.rows(caller, { ...filters, sort, direction });
    // Whoever may not read the list is told so before a file begins.
    const first = await rows.next();
    const day = businessNow.toISOString().slice(0, 10);
    return new Response(csvStream(from(first, rows) as AsyncGenerator<never>, list.columns), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="${name}-${day}.csv"`,
        "Cache-Control": "no-store",
      },
    });
  });
}

async function* from<Row>(first: IteratorResult<Row>, rest: AsyncGenerator<Row>): AsyncGenerator<Row> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
