import { expect, test } from "vitest";
import type { ShownSetting } from "../kernel/shown-settings.ts";
import { settingListInput } from "./input.ts";
import { listSettings } from "./list-settings.ts";

const SETTINGS: readonly ShownSetting[] = [
  { name: "BASE_URL", as: "clear", value: "https://shop.example" },
  { name: "DATABASE_URL", as: "host", value: "database:5432/shop" },
  { name: "METRICS_TOKEN", as: "unset", value: null },
  { name: "SESSION_SECRET", as: "secret", value: null },
  { name: "SMTP_URL", as: "host", value: "mail.example:465/" },
];
const ask = (asked: object) => listSettings(SETTINGS, settingListInput.parse(asked));
const names = (asked: object) => ask(asked).items.map(({ name }) => name);

test("settings are found by a part of their name, and of a value that is shown", () => {
  expect(names({})).toEqual(SETTINGS.map(({ name }) => name));
  expect(names({ direction: "desc" })).toEqual(SETTINGS.map(({ name }) => name).toReversed());
  expect(names({ q: "url" })).toEqual(["BASE_URL", "DATABASE_URL", "SMTP_URL"]);
  expect(names({ q: "MAIL.example" })).toEqual(["SMTP_URL"]);
  expect(names({ q: "null" })).toEqual([]);
  expect(names({ state: "set" })).toEqual(["BASE_URL", "DATABASE_URL", "SMTP_URL"]);
  expect(names({ state: "secret" })).toEqual(["SESSION_SECRET"]);
  expect(ask({ state: "unset", counted: true })).toMatchObject({ items: [{ value: null }], total: { count: 1 } });
});

test("and paged forwards and back to where one was, either way round", () => {
  for (const direction of ["asc", "desc"]) {
    const first = ask({ limit: 2, direction });
    expect(first).toMatchObject({ previousCursor: null });
    const second = ask({ limit: 2, direction, cursor: first.nextCursor });
    const third = ask({ limit: 2, direction, cursor: second.nextCursor });
    expect([first, second, third].flatMap(({ items }) => items.map(({ name }) => name))).toEqual(names({ direction }));
    expect(third.nextCursor).toBeNull();
    expect(ask({ limit: 2, direction, cursor: third.previousCursor }).items).toEqual(second.items);
    expect(ask({ limit: 2, direction, cursor: second.previousCursor }).items).toEqual(first.items);
  }
  expect(() => ask({ cursor: "nowhere" })).toThrow(/Start from its beginning/);
});
