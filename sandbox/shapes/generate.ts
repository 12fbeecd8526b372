import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { Declarations } from "./declarations.ts";
import { answerOf, callsIn, parametersOf } from "./operations.ts";
import type { OperationShape, Shapes } from "./shape.ts";

/** The parts of the API that the sandbox speaks or says that it does not: everything else is only known by address. */
const spoken =
  /^\/v1\/(balance_transactions|billing\/(?:credit_\w+|meter\w*)|billing_portal|charges|checkout|coupons|credit_notes|customers|disputes|entitlements|events|invoice_payments|invoiceitems|invoices|payment_intents|payment_methods|payouts|plans|prices|products|promotion_codes|refunds|setup_intents|shipping_rates|subscription_items|subscription_schedules|subscriptions|tax_ids|tax_rates|test_helpers\/test_clocks|webhook_endpoints)(\/|$)/;

/** Objects that no operation answers with. */
const onlyTold = [["Entitlements/ActiveEntitlementSummaries", "ActiveEntitlementSummary"]] as const;

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".d.ts") && !name.startsWith("V2"))
    .map((name) => name.replace(/\.d\.ts$/, ""))
    .sort();
}

/** Reads the installed client's types and calls: which operations there are, what each takes and what it answers. */
export function generateShapes(clientFolder: string, key: string): Shapes {
  const resources = join(clientFolder, "esm/resources");
  const declared = new Declarations(join(clientFolder, "esm"));
  const operations: OperationShape[] = [];
  const others: [string, string][] = [];
  for (const file of filesIn(resources)) {
    const source = declared.source(`resources/${file}`);
    const program = readFileSync(join(resources, `${file}.js`), "utf8");
    for (const statement of source.statements) {
      if (!ts.isClassDeclaration(statement)) continue;
      for (const { name, method, path } of callsIn(program, statement.name?.text ?? "")) {
        const signature = statement.members.find(
          (one): one is ts.MethodDeclaration => ts.isMethodDeclaration(one) && one.name.getText(source) === name,
        );
        if (!signature || !spoken.test(path)) {
          others.push([method, path]);
          continue;
        }
        const scope = declared.scope(`resources/${file}`);
        const parameters = parametersOf(signature, source);
        operations.push({
          method,
          path,
          parameters: parameters ? declared.shape(parameters, scope) : null,
          answer: answerOf(signature, (type) => declared.shape(type, scope)),
        });
      }
    }
  }
  for (const [file, name] of onlyTold) declared.reach(`resources/${file}`, name);
  return { key, operations, others, named: declared.reached(), kinds: declared.kinds() };
}
