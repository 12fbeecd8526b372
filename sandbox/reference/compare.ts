/** What was recorded and what is answered here, side by side: ids by what they stand for, times by their distance. */
export class Comparison {
  /** Recorded id → the id here. */
  readonly ids = new Map<string, string>();
  readonly differences: { where: string; recorded: string; here: string }[] = [];
  matches = 0;

  compare(kind: string, recorded: unknown, here: unknown): void {
    this.#walk(kind, "", recorded, here);
  }

  #walk(kind: string, at: string, recorded: unknown, here: unknown): void {
    if (Array.isArray(recorded) && Array.isArray(here)) {
      if (recorded.length !== here.length) this.#differ(kind, `${at}.length`, recorded.length, here.length);
      recorded.forEach((one, index) => {
        if (index < here.length) this.#walk(kind, `${at}[]`, one, here[index]);
      });
      return;
    }
    if (isTable(recorded) && isTable(here)) {
      const own = typeof recorded.object === "string" && recorded.object !== "list" ? recorded.object : undefined;
      const [of, base] = own === undefined ? [kind, at] : [own, ""];
      const named = (name: string) => (base === "" ? name : `${base}.${name}`);
      for (const name of new Set([...Object.keys(recorded), ...Object.keys(here)]))
        this.#walk(of, named(name), recorded[name], here[name]);
      return;
    }
    if (this.#same(at, recorded, here)) this.matches += 1;
    else this.#differ(kind, at, recorded, here);
  }

  #same(at: string, recorded: unknown, here: unknown): boolean {
    if (recorded === here) return true;
    if (typeof recorded === "number" && typeof here === "number")
      return recorded > 1_000_000_000 && Math.abs(recorded - here) <= nearSeconds;
    if (typeof recorded !== "string" || typeof here !== "string") return false;
    if (made.test(at)) return true;
    if (idForm.test(recorded) && idForm.test(here) && prefix(recorded) === prefix(here)) {
      const known = this.ids.get(recorded);
      if (known === undefined) this.ids.set(recorded, here);
      return known === undefined || known === here;
    }
    return this.ids.get(recorded) === here || this.translated(recorded) === here;
  }

  /** A text with every recorded id in it replaced by the one here. */
  translated(text: string): string {
    return text.replace(/[A-Za-z]+_[A-Za-z0-9]{8,}/g, (id) => this.ids.get(id) ?? id);
  }

  #differ(kind: string, at: string, recorded: unknown, here: unknown): void {
    this.differences.push({ where: `${kind}.${at}`, recorded: shown(recorded), here: shown(here) });
  }
}

/** How far apart two instants may lie that stand for the same: a recorded call took its time. */
const nearSeconds = 90;
const idForm = /^[a-z]+(_[a-z]+)*_[A-Za-z0-9]{8,}(_secret_\w+)?$/;
const prefix = (id: string) =>
  id
    .split("_")
    .slice(0, -1)
    .join("_")
    .replace(/_secret$/, "");

/** Texts that are made up each time, or name the recorded account: only that they are there can be compared. */
const made =
  /(^|\.)(client_secret|fingerprint|invoice_prefix|number|receipt_number|receipt_url|hosted_invoice_url|invoice_pdf|url|request_log_url|network_transaction_id|authorization_code|display_name|account_name|acquirer_reference_number|order_reference)$/;

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const shown = (value: unknown) => (value === undefined ? "not said" : (JSON.stringify(value) ?? "").slice(0, 120));
