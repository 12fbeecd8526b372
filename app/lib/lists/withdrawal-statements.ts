import { z } from "zod";
import { STATEMENT_STATUSES } from "../../../server/withdrawals/input.ts";
import { day, defineList, searchText, stateChoice } from "./definition.ts";

export const statementsList = defineList({
  name: "statements",
  path: "/admin/withdrawals/statements",
  title: "refunds.statement.list",
  empty: {
    ever: "refunds.statement.none",
    why: "nothing.statements",
    filtered: "lists.noneMatch",
    next: { to: "/admin/withdrawals", label: "refunds.statement.back" },
  },
  filters: { q: searchText, status: z.enum(STATEMENT_STATUSES), from: day, to: day },
  fields: {
    q: { kind: "search", label: "refunds.withdrawal.query" },
    status: stateChoice("withdrawal_statement", STATEMENT_STATUSES),
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { received: "desc" },
});
