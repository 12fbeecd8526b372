import { cpus, totalmem } from "node:os";
import { ROWS, type Row } from "./rows.ts";
import { median } from "./statistics.ts";

/** What one round measured, by name. */
export type Figures = Readonly<Record<string, number>>;

/** The result as a Markdown table, with the machine it was measured on. */
export function report(
  rounds: readonly Figures[],
  about: { postgres: string; generator: string; drift: Readonly<Record<string, number>> },
): string {
  const of = (figure: string) => median(rounds.flatMap((round) => round[figure] ?? []));
  const machine = `${cpus()[0]?.model.trim() ?? "unknown processor"}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}`;
  const heads = ["what", ...rounds.map((_, index) => `run ${index + 1}`), "median", "beside", "wanted", ""];
  const measured = ROWS.filter(({ figure }) => rounds.some((round) => round[figure] !== undefined));
  const lines = measured.map((row) => {
    const value = of(row.figure);
    const met = row.met === undefined ? "" : row.met(value, of) ? "met" : "**missed**";
    return [
      row.label,
      ...rounds.map((round) => shown(round[row.figure], row.unit)),
      shown(value, row.unit),
      row.beside?.(value, of) ?? "",
      row.wanted ?? "",
      met,
    ];
  });
  const unsteady = Object.entries(about.drift).filter(([, part]) => part > 0.25);
  return [
    `Measured on ${machine}; Node ${process.versions.node}, PostgreSQL ${about.postgres} with default durability; baselines by ${about.generator}; load from the same machine.`,
    "",
    `| ${heads.join(" | ")} |`,
    `|${heads.map(() => "---").join("|")}|`,
    ...lines.map((cells) => `| ${cells.join(" | ")} |`),
    "",
    `Baselines from the first to the last measurement: ${Object.entries(about.drift)
      .map(([name, part]) => `${name} ±${Math.round(part * 100)} %`)
      .join(", ")}.`,
    ...(unsteady.length > 0
      ? [
          `**This run does not count: ${unsteady.map(([name]) => name).join(" and ")} drifted by more than 25 %, so something else used the machine.**`,
        ]
      : []),
    "Peers (stripe-sync-engine, Medusa, bare Remix) were measured once beside the same baselines and are shown by that ratio.",
  ].join("\n");
}

function shown(value: number | undefined, unit: Row["unit"]): string {
  if (value === undefined || Number.isNaN(value)) return "–";
  if (unit === "/s") return `${Math.round(value).toLocaleString("en")}/s`;
  if (unit === "MB" || unit === "") return `${Math.round(value).toLocaleString("en")} ${unit}`.trimEnd();
  return unit === "ms" ? `${value.toFixed(1)} ms` : `${value.toFixed(2)} s`;
}
