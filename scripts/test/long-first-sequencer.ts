import { BaseSequencer, type TestSpecification } from "vitest/node";
import { longFirst } from "./long-files.ts";

/** Vitest's own order, but for what is known to live long. */
export class LongFirstSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return longFirst(await super.sort(files));
  }
}
