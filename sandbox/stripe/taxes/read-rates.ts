import { clearableList, text } from "../api/params.ts";
import { inParam } from "../lookups.ts";
import type { Unit } from "../unit.ts";
import type { TaxRate } from "../wire.ts";

/** Tax rates as they are sent: ids; an empty text takes them all away. */
export const rateParams = clearableList(text());

/** The rates that were named; undefined when none were sent. One that is put away is not given to anything new. */
export function readRates(unit: Unit, sent: readonly string[] | undefined, at: string): TaxRate[] | undefined {
  return sent?.map((id, index) => inParam(unit.world.taxRates, id, `${at}[${index}]`));
}
