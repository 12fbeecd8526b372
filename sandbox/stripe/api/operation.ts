import type { Unit } from "../unit.ts";
import type { RawTable } from "./form.ts";
import { integer, list, namesNotSimulated, readAll, type Shape, text, type Values } from "./params.ts";

export type Method = "GET" | "POST" | "DELETE";

/** What an operation is given: the unit of work, the ids in its address and the address itself. */
export interface Call {
  unit: Unit;
  ids: readonly string[];
  url: string;
}

export interface Operation {
  method: Method;
  /** Address with `:id` for each id, such as `/v1/invoices/:id/lines`. */
  path: string;
  /** The names of what it takes, beside `expand`. */
  parameters: readonly string[];
  /** Those of them, and of what is inside them, that are refused as not simulated. */
  notSimulated: readonly string[];
  /** Reads the parameters, then acts; returns the answer's object. */
  answer(call: Call, raw: RawTable): { result: object; expand: string[] };
}

const common = { expand: list(text()) };

/** Declares one operation of the API with the parameters it takes; `expand` is understood everywhere. */
export function operation<S extends Shape>(
  method: Method,
  path: string,
  params: S,
  run: (call: Call, params: Values<S>) => object,
): Operation {
  return {
    method,
    path,
    parameters: Object.keys(params),
    notSimulated: namesNotSimulated(params),
    answer(call, raw) {
      const { expand, ...own } = readAll({ ...params, ...common }, raw);
      return { result: run(call, own as Values<S>), expand: (expand as string[] | undefined) ?? [] };
    },
  };
}

/** The parameters of every list. */
export const paging = { limit: integer(1, 100), starting_after: text(), ending_before: text() };
