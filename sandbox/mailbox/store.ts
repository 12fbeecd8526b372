import type { Database } from "../store/database.ts";
import { type Arrived, readLetter } from "./read-letter.ts";

export interface Letter {
  id: number;
  /** Milliseconds on the sandbox clock. */
  receivedAt: number;
  from: string;
  /** Who it was really sent to, as the envelope says. */
  to: string[];
  subject: string;
  messageId: string;
  text: string;
  html: string;
  headers: { name: string; value: string }[];
  attachments: { name: string; type: string; bytes: number }[];
  links: string[];
}

/** Everything that was ever received, each receipt on its own: two copies of one mail are two letters. */
export class Mailbox {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A mail that arrived is taken apart when somebody looks at it: most of what a year brings nobody ever does. */
  add(letter: Omit<Letter, "id"> | Arrived): void {
    this.#database
      .sql("insert into mail (received, recipients, data) values (?, ?, ?)")
      .run(Math.floor(letter.receivedAt), `,${letter.to.join(",").toLowerCase()},`, JSON.stringify(letter));
  }

  async get(id: number): Promise<Letter | undefined> {
    const row = this.#database.sql("select id, data from mail where id = ?").get(id);
    return row && this.#read(row);
  }

  /** Newest first, to one address if one is given. */
  async list(limit: number, to?: string): Promise<Letter[]> {
    const rows = this.#database
      .sql("select id, data from mail where instr(recipients, ?) > 0 order by id desc limit ?")
      .all(to === undefined ? "," : `,${to.toLowerCase()},`, limit);
    return Promise.all(rows.map((row) => this.#read(row)));
  }

  async #read(row: Record<string, unknown>): Promise<Letter> {
    const id = Number(row.id);
    const kept = JSON.parse(String(row.data)) as Omit<Letter, "id"> | Arrived;
    if (!("raw" in kept)) return { ...kept, id };
    const letter = await readLetter(kept);
    this.#database.sql("update mail set data = ? where id = ?").run(JSON.stringify(letter), id);
    return { ...letter, id };
  }

  count(): number {
    return Number(this.#database.sql("select count(*) as n from mail").get()?.n);
  }
}
