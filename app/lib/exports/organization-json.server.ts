import { EXPORT_PARTS } from "../../../server/entitlements/input.ts";
import type { OrganizationData } from "./organization-data.server.ts";

/** An organization's data as one JSON object, written as it is read: no part is ever whole in memory. */
export async function* organizationJson({ head, rows }: OrganizationData): AsyncGenerator<string> {
  yield JSON.stringify(head, null, 2).slice(0, -2);
  for (const part of EXPORT_PARTS) {
    yield `,\n  ${JSON.stringify(part)}: [`;
    let between = "\n    ";
    for await (const row of rows(part)) {
      yield between + JSON.stringify(row);
      between = ",\n    ";
    }
    yield between === "\n    " ? "]" : "\n  ]";
  }
  yield "\n}\n";
}
