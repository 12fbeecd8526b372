import type { Published } from "../../shapes/published.ts";
import type { Operation } from "./operation.ts";

export interface NotThere {
  /** Operations that the provider has and the sandbox answers with 501, by their first words. */
  operations: [resource: string, calls: string[]][];
  /** Parameters of operations that are there, which are answered with 501 when they are sent. */
  parameters: [operation: string, names: string[]][];
}

const withoutIds = (path: string) => path.replace(/:\w+/g, ":id");
const resourceOf = (path: string) =>
  /^\/v1\/((?:billing|billing_portal|checkout|entitlements|test_helpers)\/)?[a-z_]+/.exec(path)?.[0] ?? path;

/** What is missing of the parts of the API that the sandbox speaks, from the provider's own list. */
export function notThere(published: Published, operations: readonly Operation[]): NotThere {
  const here = new Map(operations.map((one) => [`${one.method} ${withoutIds(one.path)}`, one]));
  const missing = published.operations
    .map((one) => [resourceOf(one.path), `${one.method} ${withoutIds(one.path)}`] as const)
    .filter(([, call]) => !here.has(call));
  const parameters = published.operations.flatMap((one): [string, string[]][] => {
    const call = `${one.method} ${withoutIds(one.path)}`;
    const own = here.get(call);
    if (!own) return [];
    const shape = one.parameters === null ? undefined : published.resolve(one.parameters);
    const theirs = typeof shape === "object" && "fields" in shape ? Object.keys(shape.fields) : [];
    const unknown = theirs.filter((name) => name !== "expand" && !own.parameters.includes(name));
    const names = [...new Set([...own.notSimulated, ...unknown])].sort();
    return names.length === 0 ? [] : [[call, names]];
  });
  const grouped = Map.groupBy(missing, ([resource]) => resource);
  return {
    operations: [...grouped].map(([resource, calls]) => [resource, [...new Set(calls.map(([, call]) => call))].sort()]),
    parameters: parameters.sort(),
  };
}
