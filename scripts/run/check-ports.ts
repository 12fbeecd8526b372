import { isPortFree } from "../process/ports.ts";
import { StartError } from "./failure.ts";

/** Throws {@link StartError} naming every port of the shop that somebody else listens on, and what to do about it. */
export async function checkPorts(ports: { setting: string; use: string; port: number }[]): Promise<void> {
  const taken: typeof ports = [];
  for (const entry of ports) if (!(await isPortFree(entry.port))) taken.push(entry);
  if (taken.length === 0) return;
  const one = taken.length === 1;
  throw new StartError(
    [
      `${one ? "A port is" : "Ports are"} already in use, so nothing was started:`,
      ...taken.map(({ setting, use, port }) => `  ${port}  ${use} (${setting})`),
      "The listener is not a start of this data folder: it is another program, or a shop started from elsewhere.",
      `Stop it, or choose other ports: ${taken.map(({ setting, port }) => `${setting}=${port + 100}`).join(" ")} npm start`,
    ].join("\n"),
  );
}
