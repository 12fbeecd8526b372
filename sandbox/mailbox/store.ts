import type { Database } from "../store/database.ts";

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

  add(letter: Omit<Letter, "id">): void {
    this.#database
      .sql("insert into mail (received, recipients, data) values (?, ?, ?)")
      .run(Math.floor(letter.receivedAt), `,${letter.to.join(",").toLowerCase()},`, JSON.stringify(letter));
  }

  get(id: number): Letter | undefined {
    const row = this.#database.sql("select id, data from mail where id = ?").get(id);
    return row && { ...(JSON.parse(String(row.data)) as Omit<Letter, "id">), id: Number(row.id) };
  }

  /** Newest first, to one address if one is given. */
  list(limit: number, to?: string): Letter[] {
    const rows = this.#database
      .sql("select id, data from mail where instr(recipients, ?) > 0 order by id desc limit ?")
      .all(to === undefined ? "," : `,${to.toLowerCase()},`, limit);
    return rows.map((row) => ({ ...(JSON.parse(String(row.data)) as Omit<Letter, "id">), id: Number(row.id) }));
  }

  count(): number {
    return Number(this.#database.sql("select count(*) as n from mail").get()?.n);
  }
}
