import { useId } from "react";
import { classNames } from "./class-names.ts";

export type Bar = {
  readonly key: string;
  /** What it is about: a day. */
  readonly label: string;
  /** Null: there is nothing to tell of it. */
  readonly value: number | null;
  /** The value in words, above the bar. */
  readonly text: string;
  /** It is not over yet: drawn dashed. */
  readonly partial?: boolean;
};

const STEP = 56;
const WIDTH = 32;
const TOP = 20;
const HEIGHT = 72;
const FOOT = 22;

/** Few values side by side, from zero, each with its figure. Drawn by the server; the figures stand beside it for whoever hears the page. */
export function BarChart({ title, note, bars }: { title: string; note: string; bars: readonly Bar[] }) {
  const id = useId();
  const most = Math.max(...bars.map((bar) => bar.value ?? 0), 0);
  const width = bars.length * STEP;
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption>
        <span className="block font-medium">{title}</span>
        <span className="block text-14 text-fg-muted">{note}</span>
      </figcaption>
      <svg
        role="img"
        aria-label={title}
        aria-describedby={id}
        viewBox={`0 0 ${width} ${TOP + HEIGHT + FOOT}`}
        width={width}
        className="tabular h-auto max-w-full"
      >
        <desc id={id}>{bars.map((bar) => `${bar.label}: ${bar.text}`).join(", ")}</desc>
        {bars.map((bar, index) => {
          const height = most > 0 ? ((bar.value ?? 0) / most) * HEIGHT : 0;
          const middle = index * STEP + STEP / 2;
          return (
            <g key={bar.key}>
              {height > 0 && (
                <rect
                  x={middle - WIDTH / 2}
                  y={TOP + HEIGHT - height}
                  width={WIDTH}
                  height={height}
                  className={classNames(
                    "stroke-(--chart-1) stroke-[1.5]",
                    bar.partial ? "fill-none [stroke-dasharray:4_3]" : "fill-(--chart-1)",
                  )}
                />
              )}
              <text x={middle} y={TOP + HEIGHT - height - 6} textAnchor="middle" className="fill-fg text-12">
                {bar.text}
              </text>
              <text x={middle} y={TOP + HEIGHT + 16} textAnchor="middle" className="fill-fg-muted text-12">
                {bar.label}
              </text>
            </g>
          );
        })}
        <path d={`M0 ${TOP + HEIGHT}H${width}`} className="stroke-line-strong" />
      </svg>
    </figure>
  );
}
