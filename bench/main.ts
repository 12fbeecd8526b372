import { readArguments, refuseArguments } from "../scripts/process/arguments.ts";
import { hasPgbench, measureBaseline } from "./baselines.ts";
import { prepareCredits } from "./credits.ts";
import { prepareEffects } from "./effects.ts";
import { preparePages } from "./pages.ts";
import { type Figures, report } from "./report.ts";
import { measurePlain, measureRound, say } from "./round.ts";
import { openStand } from "./stand.ts";
import { drift } from "./statistics.ts";

const MEASURES = [
  ...["W", "H", "C", "S", "P", "P1", "P2", "P3", "P5", "P6", "P7"],
  ...["P9", "P10", "P11", "P14", "P15", "P16", "P17", "L", "Y", "T"],
];
const USAGE = `npm run bench [-- P1 P9 …] [--rounds 1] [--seconds 2]
What the product reaches beside what the machine can do at most, in one sequence; all of it, or what is named:
${MEASURES.join(", ")}.`;
const { values, positionals } = readArguments(USAGE, {
  allowPositionals: true,
  options: { rounds: { type: "string", default: "3" }, seconds: { type: "string", default: "6" } },
});
const unknown = positionals.filter((name) => !MEASURES.includes(name));
if (unknown.length > 0) refuseArguments(USAGE, `There is no measure called ${unknown.join(", ")}.`);
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const wants = (name: string) => positionals.length === 0 || positionals.includes(name);

const stand = await openStand();
try {
  await preparePages(stand.admin);
  await prepareEffects(stand.admin);
  if (["P5", "P6", "P7"].some(wants)) await prepareCredits(stand.admin);
  const results: Figures[] = [];
  for (let round = 1; round <= rounds; round++) {
    console.error(`round ${round} of ${rounds}`);
    results.push(await measureRound(stand, { seconds, wants, last: round === rounds }));
  }
  const last = {
    W: await say("W", measureBaseline(stand.baselineUrl, "W", seconds)),
    P: await say("P", measurePlain(seconds)),
  };
  const wanders = (name: "W" | "P") => drift([...results.map((figures) => figures[name] ?? Number.NaN), last[name]]);
  const generator = hasPgbench() ? "pgbench" : "a Node driver";
  const spread = { W: wanders("W"), P: wanders("P") };
  console.log(report(results, { postgres: stand.postgresVersion, generator, drift: spread }));
  if (Math.max(spread.W, spread.P) > 0.25) process.exitCode = 1;
} finally {
  await stand.close();
}
