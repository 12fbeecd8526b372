import { z } from "zod";
import { EMAIL_STATUSES } from "../../../server/messaging/input.ts";
import { day, defineList, searchText, stateChoice } from "./definition.ts";

export const mailList = defineList({
  name: "mail",
  path: "/admin/mail",
  title: "office.mail.title",
  empty: {
    ever: "office.mail.none",
    why: "nothing.mail",
    filtered: "office.mail.noneMatch",
    next: { to: "/admin/orders", label: "admin.nav.orders" },
  },
  filters: { q: searchText, status: z.enum(EMAIL_STATUSES), from: day, to: day },
  fields: {
    q: { kind: "search", label: "office.mail.query" },
    status: stateChoice("mail", EMAIL_STATUSES),
    from: { kind: "date", label: "lists.from" },
    to: { kind: "date", label: "lists.to" },
  },
  sorts: { created: "desc" },
});
