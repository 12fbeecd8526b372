import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readColumns, writeColumns } from "./columns-cookie.ts";
import { day, defineList, searchText } from "./definition.ts";
import { listHref, readList } from "./read-list.ts";

const things = defineList({
  name: "things",
  path: "/admin/things",
  title: "office.orders.title",
  empty: {
    ever: "office.orders.none",
    filtered: "office.orders.noneMatch",
    next: { to: "/", label: "lists.next.shop" },
  },
  filters: { q: searchText, status: z.enum(["open", "done"]), from: day },
  fields: {
    q: { kind: "search", label: "office.orders.query" },
    status: { kind: "choice", label: "office.state", options: [] },
    from: { kind: "date", label: "office.campaigns.from" },
  },
  sorts: { placed: "desc", total: "desc" },
});
const read = (query: string) => readList(new URL(`https://shop.test/admin/things${query}`), things);

describe("a list's address", () => {
  test("is read into typed filters, order and place", () => {
    expect(read("?q=+anna+&status=open&from=2026-11-20&sort=total&dir=asc&cursor=abc")).toEqual({
      filters: { q: "anna", status: "open", from: "2026-11-20" },
      sort: "total",
      direction: "asc",
      cursor: "abc",
      refused: [],
      query: "q=anna&status=open&from=2026-11-20&sort=total&dir=asc",
    });
  });

  test("without parameters is the list as it opens", () => {
    expect(read("")).toEqual({
      filters: {},
      sort: "placed",
      direction: "desc",
      cursor: undefined,
      refused: [],
      query: "",
    });
    expect(read("?sort=placed&dir=desc").query).toBe("");
  });

  test("names what it does not understand and leaves it out", () => {
    const { filters, refused, query } = read("?status=sideways&from=2026-02-31&q=x&sort=colour&dir=up");
    expect({ filters, refused, query }).toEqual({ filters: { q: "x" }, refused: ["status", "from"], query: "q=x" });
  });

  test("is the same query whatever the order and the empty fields of the form", () => {
    expect(read("?from=&status=open&q=anna").query).toBe(read("?q=anna&status=open").query);
  });

  test("is written with changes", () => {
    expect(listHref("/admin/things", "q=a&status=open", { status: null })).toBe("/admin/things?q=a");
    expect(listHref("/admin/things", "q=a", { cursor: "x" })).toBe("/admin/things?q=a&cursor=x");
    expect(listHref("/admin/things", "q=a", { q: null })).toBe("/admin/things");
  });
});

test("chosen columns survive a cookie, and nothing else does", () => {
  expect(readColumns(writeColumns(["number", "placedAt"]))).toEqual(["number", "placedAt"]);
  expect(readColumns("a;b.<script>.ok")).toEqual(["ok"]);
  expect(readColumns("")).toBeNull();
  expect(readColumns(undefined)).toBeNull();
});
