import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Published } from "./published.ts";
import type { Shapes } from "./shape.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const clientFolder = join(root, "node_modules/stripe");
const file = join(root, "build/provider/shapes.json");

/** Grows when the form changes in which shapes are kept. */
const form = 2;

function key(): string {
  const { version } = JSON.parse(readFileSync(join(clientFolder, "package.json"), "utf8")) as { version: string };
  return `${version}/${form}`;
}

function readBuilt(wanted: string): Shapes | undefined {
  if (!existsSync(file)) return undefined;
  const shapes = JSON.parse(readFileSync(file, "utf8")) as Shapes;
  return shapes.key === wanted ? shapes : undefined;
}

/** Writes down the shapes of the installed client, unless they are there; the build does so before anything starts. */
export async function buildShapes(): Promise<Shapes> {
  const wanted = key();
  const built = readBuilt(wanted);
  if (built) return built;
  const { generateShapes } = await import("./generate.ts");
  const shapes = generateShapes(clientFolder, wanted);
  mkdirSync(dirname(file), { recursive: true });
  // Several processes may do this at once: each writes its own file and puts it in place whole.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(shapes));
  renameSync(own, file);
  return shapes;
}

let loading: Promise<Published> | undefined;

export function loadPublished(): Promise<Published> {
  loading ??= buildShapes().then((shapes) => new Published(shapes));
  return loading;
}
