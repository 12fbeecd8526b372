import { invalid } from "../api/errors.ts";
import { pageOf } from "../api/lists.ts";
import { operation, paging } from "../api/operation.ts";
import { flag, list, range, text } from "../api/params.ts";
import { eventNow } from "../delivery/queue.ts";
import { inPath } from "../lookups.ts";

/** `invoice.*` stands for every type that begins so. */
export function matchesType(pattern: string, type: string): boolean {
  return pattern === type || pattern === "*" || (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1)));
}

export const eventOperations = [
  operation(
    "GET",
    "/v1/events",
    { ...paging, created: range(), delivery_success: flag(), type: text(), types: list(text()) },
    ({ unit, url }, params) => {
      if (params.type !== undefined && params.types !== undefined) {
        throw invalid("You may only specify one of these parameters: type, types.", "type", "parameters_exclusive");
      }
      if (params.types !== undefined && params.types.length > 20)
        throw invalid("You can specify up to 20 types.", "types");
      const wanted = params.types ?? (params.type === undefined ? [] : [params.type]);
      const exact = wanted.length > 0 && !wanted.some((pattern) => pattern.includes("*")) ? wanted : undefined;
      const page = pageOf(url, unit.world.events, params, {
        ...(exact ? { types: exact } : {}),
        created: params.created ?? {},
        matches: (one) =>
          (wanted.length === 0 || exact !== undefined || wanted.some((pattern) => matchesType(pattern, one.type))) &&
          (params.delivery_success === undefined ||
            (eventNow(unit.world, one).pending_webhooks === 0) === params.delivery_success),
      });
      return { ...page, data: page.data.map((one) => eventNow(unit.world, one)) };
    },
  ),
  operation("GET", "/v1/events/:id", {}, ({ unit, ids }) => eventNow(unit.world, inPath(unit.world.events, ids[0]))),
];
