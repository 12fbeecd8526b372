/** Whether a key press means a shortcut and not text, a browser's own command or a key held down. */
export function pressesAKey(event: KeyboardEvent): boolean {
  if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (document.querySelector('[role="dialog"]')) return false;
  const at = event.target instanceof Element ? event.target : null;
  return !at?.closest('input:not([type="checkbox"]), textarea, select, [contenteditable="true"], [role="listbox"]');
}

/** Moves the focus to the next or previous row of the page's list; from outside it, to the first or last. */
export function moveRow(step: 1 | -1): void {
  const rows = visibleRows();
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = at < 0 ? (step > 0 ? rows[0] : rows.at(-1)) : rows[at + step];
  if (next) linkOf(next)?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

/** Ticks the row that has the focus, or takes the tick away. */
export function chooseRow(): void {
  const row = visibleRows().find((one) => one.contains(document.activeElement));
  row?.querySelector<HTMLInputElement>("[data-row-select]")?.click();
}

/** To the list's own search field, or the one above every page. */
export function focusSearch(): void {
  const field =
    document.querySelector<HTMLInputElement>("[data-list-search]") ??
    document.querySelector<HTMLInputElement>("[data-office-search]");
  field?.focus();
  field?.select();
}

/** Those that lead somewhere: a table of figures beside the list is passed by. */
function visibleRows(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>("[data-row]")].filter(
    (row) => row.getClientRects().length > 0 && linkOf(row),
  );
}

function linkOf(row: HTMLElement): HTMLElement | null {
  return row.querySelector<HTMLElement>("[data-row-link]") ?? row.querySelector<HTMLElement>("a, button");
}
