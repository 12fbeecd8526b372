import { z } from "zod";
import { defineJob } from "../kernel/job.ts";
import { addPriceInput } from "./input.ts";

/** Brings the provider's copy of one product to what the catalogue says. */
export const mirrorProductJob = defineJob({
  name: "catalog.mirror-product",
  payload: z.object({ productId: z.string() }),
});
/** Makes a default price where there was none, the provider first. */
export const addPriceJob = defineJob({ name: "catalog.add-price", payload: addPriceInput });
