/** One line of what is or would be done at Stripe. */
export type Step = { readonly act: string; readonly what: string; readonly id: string; readonly detail: string };

const MOST = 100;

/** The steps as a table for a terminal. */
export function stepTable(steps: readonly Step[]): string {
  const rows = [
    ["act", "what", "id", "detail"],
    ...steps.map(({ act, what, id, detail }) => [
      act,
      what,
      id,
      detail.length > MOST ? `${detail.slice(0, MOST)}…` : detail,
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
