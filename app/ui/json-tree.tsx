import { useT } from "~/lib/i18n/language.tsx";
import { type JsonNode, readJson } from "~/lib/json-lines.ts";
import { CodeBlock } from "./code-block.tsx";

const LEAF = { text: "text-on-ok", number: "text-on-info", word: "text-on-warn", masked: "text-fg-muted" } as const;

/** A payload as foldable lines. Takes the JSON as text: objects from outside never travel to a page as objects. */
export function JsonTree({ json, label }: { json: string; label: string }) {
  const root = readJson(json);
  if (!root) return <CodeBlock code={json} label={label} />;
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="text-14 text-fg-muted">{label}</figcaption>
      <div className="overflow-x-auto rounded-card border border-line bg-sunken p-4 font-mono text-13">
        <JsonBranch node={root} name={null} depth={0} />
      </div>
    </figure>
  );
}

function JsonBranch({ node, name, depth }: { node: JsonNode; name: string | null; depth: number }) {
  const t = useT();
  const title = name === null ? null : <span className="text-fg-muted">{name}: </span>;
  if (node.kind === "leaf") {
    return (
      <p className="pl-4 break-all">
        {title}
        <span className={LEAF[node.tone]}>{node.text}</span>
      </p>
    );
  }
  if (node.entries.length === 0 && node.cut === 0) {
    return (
      <p className="pl-4">
        {title}
        {node.open}
        {node.close}
      </p>
    );
  }
  return (
    <details open={depth < 2}>
      <summary className="min-h-6 hover:bg-neutral">
        {title}
        {node.open}
        <span className="text-fg-muted">{t("words.entries", { count: node.entries.length + node.cut })}</span>
        {node.close}
      </summary>
      <div className="pl-4">
        {node.entries.map((entry) => (
          <JsonBranch key={entry.name} name={entry.name} node={entry.node} depth={depth + 1} />
        ))}
        {node.cut > 0 && <p className="pl-4 text-fg-muted">{t("words.notShown", { count: node.cut })}</p>}
      </div>
    </details>
  );
}
