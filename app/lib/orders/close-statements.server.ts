import type { ActionFunctionArgs } from "@remix-run/node";
import { readForm } from "../form-values.ts";
import { statementsList } from "../lists/withdrawal-statements.ts";
import { formStatus } from "../respond.ts";

type Asked = { readonly ids: readonly string[]; readonly reason: string; readonly letter: boolean };
/** What a press came to: what would be closed, what was, or why nothing; with what was typed. */
export type CloseResult = Pick<Asked, "reason" | "letter"> & {
  readonly problem: "none" | "reason" | null;
  readonly would: { readonly ids: readonly string[]; readonly skipped: number; readonly more: boolean } | null;
  readonly done: { readonly closed: number; readonly skipped: number } | null;
};

/** So many rows of a page can be chosen; one press closes no more. */
const MOST = 200;

/** Tells which statements would be closed, the chosen ones or what the filter shows; by the second press closes those that were told. */
export async function closeStatements({
  request,
  context,
}: ActionFunctionArgs): Promise<CloseResult & { readonly status: number }> {
  const { statements } = context.caller.withdrawals;
  const form = await readForm(request);
  const asked = { ids: form.all("id").slice(0, MOST), reason: form.text("reason"), letter: form.ticked("letter") };
  const typed = { reason: asked.reason, letter: asked.letter };
  const nothing = { ...typed, would: null, done: null };
  const act = form.text("act");
  if ((act === "chosen" || act === "close") && asked.ids.length === 0)
    return { ...nothing, problem: "none", status: formStatus(request, 422) };
  if (act === "close" && asked.reason.trim().length >= 3)
    return { ...nothing, problem: null, done: await statements.dismissMany(asked), status: 200 };
  const would = await statements.closable(act === "chosen" || act === "close" ? { ids: asked.ids } : filterOf(form));
  if (asked.reason.trim().length < 3) return { ...nothing, problem: "reason", status: formStatus(request, 422) };
  return { ...nothing, problem: null, would, status: 200 };
}

/** The list's filter as the form repeats it; what is none of its values is left out, as by the list itself. */
function filterOf(form: { maybe(name: string): string | undefined }) {
  const { q, status, from, to } = statementsList.filters;
  return {
    q: q.safeParse(form.maybe("q")).data,
    status: status.safeParse(form.maybe("status")).data,
    from: from.safeParse(form.maybe("from")).data,
    to: to.safeParse(form.maybe("to")).data,
  };
}
