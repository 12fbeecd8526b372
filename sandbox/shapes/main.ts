import { buildShapes } from "./load.ts";

await buildShapes();
