/**
 * How far an adjustment has come: it waits for a second person, was refused, is under way, was carried out, or could not be
 * (`insufficient`), since there was less left to take away by then.
 */
export type AdjustmentState = "waits" | "refused" | "under_way" | "done" | "insufficient";
