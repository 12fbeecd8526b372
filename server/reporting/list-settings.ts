import type { z } from "zod";
import { type Page, pageOf, readCursor } from "../kernel/page.ts";
import type { ShownSetting } from "../kernel/shown-settings.ts";
import type { settingListInput } from "./input.ts";

type SettingPage = Page<ShownSetting & { readonly id: string }> & {
  readonly total: { readonly count: number; readonly more: boolean } | null;
};

/** What is set in this process, by name: a page. What it is searched by is never a value that is not shown. */
export function listSettings(
  settings: readonly ShownSetting[],
  { q = "", state, cursor, limit, direction = "asc", counted }: z.output<typeof settingListInput>,
): SettingPage {
  const words = q.toLowerCase();
  const matching = settings.filter(
    ({ name, value, as }) =>
      (state === undefined || state === (as === "clear" || as === "host" ? "set" : as)) &&
      (name.toLowerCase().includes(words) || value?.toLowerCase().includes(words)),
  );
  const from = readCursor(cursor, "text");
  const down = (direction === "desc") !== (from?.backwards ?? false);
  const rows = matching
    .filter(({ name }) => from === null || (down ? name < from.id : name > from.id))
    .toSorted((a, b) => (a.name < b.name === down ? 1 : -1))
    .slice(0, limit + 1)
    .map((setting) => ({ ...setting, id: setting.name, cursorAt: setting.name }));
  return { ...pageOf(rows, limit, from), total: counted ? { count: matching.length, more: false } : null };
}
