/** What waits until the rest of its migration is committed, and then runs outside any transaction. */
export type AloneStep = {
  /** index: built concurrently. validate: old rows are read beside the running shop. attach: a built index becomes a constraint. */
  readonly kind: "index" | "validate" | "attach";
  /** Of the index or the constraint. */
  readonly name: string;
  readonly statement: string;
};

export type MigrationPlan = { readonly together: readonly string[]; readonly alone: readonly AloneStep[] };

const name = '"?(\\w+)"?';
const table = `(?:"?public"?\\.)?${name}`;
const index = new RegExp(
  `^create\\s+(unique\\s+)?index\\s+(?:concurrently\\s+)?(?:if\\s+not\\s+exists\\s+)?${name}\\s+on\\s+${table}([\\s\\S]*)$`,
  "i",
);
const constraint = new RegExp(
  `^alter\\s+table\\s+(?:only\\s+)?${table}\\s+add\\s+constraint\\s+${name}\\s+(check|foreign\\s+key|unique)([\\s\\S]*)$`,
  "i",
);
/** More than one statement in a piece is run as it stands. */
const several = /;\s*\S/;
const validation = new RegExp(`^alter\\s+table\\s+${table}\\s+validate\\s+constraint\\s+${name}$`, "i");

/**
 * How a migration is run so that a shop with data goes on selling: what reads a whole table of it (`live`: those that were
 * there before) is taken out of the transaction. An index is built concurrently; a check or a foreign key binds what is
 * written from now on, and reads the old rows afterwards; a unique constraint is a finished index before it is one.
 * Tables that the migrations themselves make are empty, so nothing of theirs is taken apart. Pure.
 */
export function planMigration(statements: readonly string[], live: ReadonlySet<string>): MigrationPlan {
  const together: string[] = [];
  const alone: AloneStep[] = [];
  for (const raw of statements) {
    const { words, bare } = withoutComments(raw);
    if (words === "") continue;
    const made = index.exec(bare);
    const [, unique = "", indexName = "", indexed = "", rest = ""] = made ?? [];
    const added = constraint.exec(bare);
    const [, constrained = "", constraintName = "", kind = "", terms = ""] = added ?? [];
    const checked = validation.exec(bare);
    if (several.test(bare)) {
      together.push(words);
    } else if (made && live.has(indexed)) {
      alone.push(indexStep(unique, indexName, indexed, rest));
    } else if (made) {
      together.push(words.replace(/\bconcurrently\b/i, ""));
    } else if (added && live.has(constrained) && /^unique$/i.test(kind)) {
      alone.push(indexStep("unique ", constraintName, constrained, terms));
      const attach = `alter table "${constrained}" add constraint "${constraintName}" unique using index "${constraintName}"`;
      alone.push({ kind: "attach", name: constraintName, statement: attach });
    } else if (added && live.has(constrained)) {
      together.push(/\bnot\s+valid$/i.test(bare) ? bare : `${bare} NOT VALID`);
      alone.push(validateStep(constrained, constraintName));
    } else if (checked?.[1] && checked[2] && live.has(checked[1])) {
      alone.push(validateStep(checked[1], checked[2]));
    } else {
      together.push(words);
    }
  }
  return { together, alone: onceEach(alone) };
}

function indexStep(unique: string, indexName: string, on: string, rest: string): AloneStep {
  const statement = `create ${unique}index concurrently "${indexName}" on "${on}"${rest.startsWith("(") ? " " : ""}${rest}`;
  return { kind: "index", name: indexName, statement };
}

function validateStep(on: string, constraintName: string): AloneStep {
  return {
    kind: "validate",
    name: constraintName,
    statement: `alter table "${on}" validate constraint "${constraintName}"`,
  };
}

/** A constraint that says NOT VALID and VALIDATE by hand is read once all the same. */
function onceEach(steps: readonly AloneStep[]): AloneStep[] {
  return [...new Map(steps.map((step) => [step.statement, step])).values()];
}

function withoutComments(statement: string): { words: string; bare: string } {
  const words = statement.trim();
  const bare = words
    .replace(/^(?:\s*--[^\n]*(?:\n|$))+/, "")
    .trim()
    .replace(/;$/, "");
  return { words: bare === "" ? "" : words, bare };
}
