import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Gives `work` a file to have its report written into, and reads it; null when none was written. */
export async function withReport<R>(
  work: (file: string) => Promise<number>,
): Promise<{ report: R | null; code: number }> {
  const folder = mkdtempSync(join(tmpdir(), "kraftverk-report-"));
  const file = join(folder, "report.json");
  try {
    const code = await work(file);
    return { report: read<R>(file), code };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read<R>(file: string): R | null {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return null;
  }
}
