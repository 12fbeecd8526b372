import { mirrorProduct } from "../../server/catalog/index.ts";
import type { mirrorProductJob } from "../../server/catalog/jobs.ts";
import type { Handler } from "../handler.ts";

export const handleMirrorProduct: Handler<typeof mirrorProductJob> = mirrorProduct;
