import { Command } from "cmdk";
import type { ReactNode } from "react";
import { Key } from "./shortcuts.tsx";

/** Rows of one kind under its name. */
export function CommandGroup({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="py-1 [&>[cmdk-group-heading]]:px-3 [&>[cmdk-group-heading]]:py-1 [&>[cmdk-group-heading]]:text-13 [&>[cmdk-group-heading]]:text-fg-muted"
    >
      {children}
    </Command.Group>
  );
}

type CommandItemProps = {
  value: string;
  onSelect: () => void;
  children: ReactNode;
  tag?: string;
  keys?: readonly string[];
};

/** One thing to open or do. */
export function CommandItem({ value, onSelect, children, tag, keys }: CommandItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-3 rounded-compact px-3 py-1.5 text-14 aria-selected:bg-selected pointer-coarse:min-h-11"
    >
      <span className="min-w-0 grow break-all">{children}</span>
      {tag && <span className="shrink-0 text-13 text-fg-muted">{tag}</span>}
      {keys && (
        <span className="flex shrink-0 gap-1" aria-hidden="true">
          {keys.map((key) => (
            <Key key={key}>{key}</Key>
          ))}
        </span>
      )}
    </Command.Item>
  );
}
