import { z } from "zod";
import { defineJob } from "../kernel/job.ts";

/** Brings the provider's copy of one product to what the catalogue says. */
export const mirrorProductJob = defineJob({
  name: "catalog.mirror-product",
  payload: z.object({ productId: z.string() }),
});
