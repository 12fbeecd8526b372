import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Config, ConfigError } from "../kernel/config.ts";
import type { Locale } from "./locale.ts";
import { type OwnText, parseText } from "./parse-text.ts";

const NAMES = ["terms", "privacy", "cookies"] as const;
export type TextName = (typeof NAMES)[number];
/** The texts that the shop's owner wrote; one that is missing is the demo's. */
export type OwnTexts = { readonly [Name in TextName]?: Readonly<Record<Locale, OwnText>> };

const known = new WeakMap<Config, OwnTexts>();

/**
 * Reads the owner's texts from `TEXTS_DIR` (`terms.sv.md`, `terms.en.md`, `privacy.…`, `cookies.…`) once per process. A
 * text is there in both languages or not at all: half of it would stand beside terms of somebody else. Throws a
 * ConfigError that says which file is wrong and how.
 */
export function ownTexts(config: Config): OwnTexts {
  let found = known.get(config);
  if (!found) {
    found = config.TEXTS_DIR ? readTexts(config.TEXTS_DIR) : {};
    known.set(config, found);
  }
  return found;
}

function readTexts(folder: string): OwnTexts {
  const there = (file: string) => existsSync(join(folder, file));
  const texts: { [Name in TextName]?: Record<Locale, OwnText> } = {};
  for (const name of NAMES) {
    const files = { sv: `${name}.sv.md`, en: `${name}.en.md` };
    if (!there(files.sv) && !there(files.en)) continue;
    const missing = Object.values(files).find((file) => !there(file));
    if (missing) throw new ConfigError(`TEXTS_DIR: ${missing} is missing; a text is there in both languages.`);
    texts[name] = { sv: readText(folder, files.sv), en: readText(folder, files.en) };
  }
  if (Object.keys(texts).length === 0) throw new ConfigError(`TEXTS_DIR: there is no text in ${folder}.`);
  return texts;
}

function readText(folder: string, file: string): OwnText {
  const path = join(folder, file);
  try {
    return parseText(readFileSync(path, "utf8"), statSync(path).mtime.toISOString().slice(0, 10));
  } catch (error) {
    throw new ConfigError(`TEXTS_DIR: ${file} ${error instanceof Error ? error.message : "cannot be read"}.`);
  }
}
