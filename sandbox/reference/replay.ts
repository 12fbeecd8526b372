import { startTestBench, type TestBench } from "../test-bench.ts";
import { prepare } from "./before.ts";
import { Comparison } from "./compare.ts";
import type { Recorded, Story } from "./recordings.ts";

export interface Replayed {
  resource: string;
  recorded: Recorded;
  matches: number;
  differences: Comparison["differences"];
}

const objectOf = (value: unknown) =>
  typeof value === "object" && value !== null && "object" in value ? String(value.object) : "error";

/** When an answer was given: what it says it made, else when it was written down. */
function instantOf({ recorded_at: at, response, method }: Recorded): number {
  const created = (response as { created?: number } | null)?.created;
  const isNew = method === "POST" && created !== undefined && Math.abs(created * 1000 - Date.parse(at)) > 3_600_000;
  return isNew ? created * 1000 : Date.parse(at);
}

/** Asks for what was asked for then, in the same order and at the same instants, and compares every answer. */
export async function replay(story: Story): Promise<Replayed[]> {
  const [first] = story;
  if (!first) return [];
  const begin = Math.floor((instantOf(first) - 5_000) / 1000) * 1000;
  const bench = await startTestBench({ SANDBOX_CLOCK: new Date(begin).toISOString() });
  const comparison = new Comparison();
  try {
    await prepare(bench.stripe, story, comparison.ids);
    const replayed: Replayed[] = [];
    for (const recorded of story) {
      await standAt(bench, instantOf(recorded));
      const { status, body } = await ask(bench, recorded, comparison);
      const [matches, known] = [comparison.matches, comparison.differences.length];
      const resource = resourceOf(recorded);
      const answered = status === Number(recorded.status);
      const said = answered ? status : `${status} ${JSON.stringify(body).slice(0, 100)}`;
      comparison.compare(`HTTP ${resource}`, { status: Number(recorded.status) }, { status: said });
      if (answered) comparison.compare(objectOf(recorded.response), recorded.response, body);
      replayed.push({
        resource,
        recorded,
        matches: comparison.matches - matches,
        differences: comparison.differences.slice(known),
      });
    }
    return replayed;
  } finally {
    await bench.close();
  }
}

async function standAt({ control }: TestBench, instant: number): Promise<void> {
  const { now } = (await control("GET", "/_control/clock")).body as { now: string };
  if (instant > Date.parse(now))
    await control("POST", "/_control/clock/advance", { to: new Date(instant).toISOString() });
}

async function ask({ sandbox }: TestBench, { method, path, request }: Recorded, { ids }: Comparison) {
  const [address = "", query = ""] = path.split("?");
  const own = address
    .split("/")
    .map((word) => ids.get(word) ?? word)
    .join("/");
  const sent = (form: string) =>
    new URLSearchParams(
      [...new URLSearchParams(form)].map(([name, value]) => [nameNow(name), ids.get(value) ?? value]),
    );
  const response = await fetch(`${sandbox.url}${own}${query === "" ? "" : `?${sent(query)}`}`, {
    method,
    headers: { Authorization: "Bearer sk_test_replay", "Content-Type": "application/x-www-form-urlencoded" },
    ...(method === "POST" ? { body: sent(request ?? "") } : {}),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

/** A parameter that goes by another name at the pinned version. */
const nameNow = (name: string) => name.replace(/\[plan\]$/, "[price]");

/** What is asked for, without ids. */
function resourceOf({ path }: Recorded): string {
  const [address = ""] = path.replace(/^\/v1\//, "").split("?");
  const words = address.split("/");
  return [words[0], ...words.slice(1).filter((word) => /^[a-z_]+$/.test(word) && word !== "abcd" && word !== "invalid")]
    .filter((word) => !word?.startsWith("pm_"))
    .join("/");
}
