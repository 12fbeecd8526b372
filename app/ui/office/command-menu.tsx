import { useFetcher, useNavigate } from "@remix-run/react";
import { Command } from "cmdk";
import { useEffect, useMemo, useRef, useState } from "react";
import { useT } from "~/lib/i18n/language.tsx";
import { hitHref } from "~/lib/office/work-href.ts";
import type { loader } from "~/routes/admin_.command.ts";
import { Dialog } from "../dialog.tsx";
import { CommandGroup, CommandItem } from "./command-items.tsx";
import { OFFICE_PAGES } from "./navigation.ts";
import { keepRecent, type Recent, readRecent } from "./recent.ts";

/** Long enough for a word, short enough not to be noticed. */
const PAUSE_MS = 120;

type CommandMenuProps = { open: boolean; onOpenChange: (open: boolean) => void; showHelp: () => void };

/** ⌘K: everything that has a name or an id, every page, and a few acts, from one field. Without JavaScript: /admin/search. */
export function CommandMenu({ open, onOpenChange, showHelp }: CommandMenuProps) {
  const t = useT();
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("command.title")} description={t("command.about")}>
      <Menu close={() => onOpenChange(false)} showHelp={showHelp} />
    </Dialog>
  );
}

function Menu({ close, showHelp }: { close: () => void; showHelp: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const [query, setQuery] = useState("");
  const { hits, searching } = useHits(query.trim());
  const recent = useMemo(readRecent, []);
  // What Enter opens: the first match as soon as there is one, until an arrow chooses another.
  const [chosen, setChosen] = useState("");
  const first = hits[0]?.hits[0];
  const best = first ? `${first.kind}:${first.id}` : null;
  useEffect(() => {
    if (best !== null) setChosen(best);
  }, [best]);
  const menu = useRef<HTMLDivElement>(null);
  const fits = (label: string) => label.toLowerCase().includes(query.trim().toLowerCase());
  const go = (href: string, opened?: Recent) => {
    if (opened) keepRecent(opened);
    close();
    navigate(href);
  };
  const pages = OFFICE_PAGES.flat().map((page) => ({ ...page, name: t(page.label) }));
  const openHelp = () => {
    close();
    showHelp();
  };
  const acts = [
    { name: t("command.act.queue"), run: () => go("/admin") },
    { name: t("command.act.shortcuts"), run: openHelp },
    { name: t("command.act.shop"), run: () => go("/") },
  ];
  const asked = query.trim().length >= 2;
  // The dialog leaves the focus where it finds it, if that is inside: in the field, not on the button that closes.
  useEffect(() => menu.current?.querySelector<HTMLInputElement>("[cmdk-input]")?.focus(), []);
  useSelectedRow(menu, chosen);
  return (
    <Command
      ref={menu}
      value={chosen}
      onValueChange={setChosen}
      shouldFilter={false}
      loop
      label={t("command.title")}
      className="flex flex-col gap-3"
    >
      <Command.Input
        value={query}
        onValueChange={setQuery}
        placeholder={t("command.field")}
        aria-label={t("command.field")}
        className="min-h-11 w-full rounded-control border border-control bg-surface px-3 text-16"
      />
      <p role="status" className="sr-only">
        {asked && !searching && t("command.found", { count: hits.length })}
      </p>
      <Command.List label={t("command.title")} className="max-h-[50dvh] overflow-y-auto">
        {!asked && recent.length > 0 && (
          <CommandGroup heading={t("command.recent")}>
            {recent.map((one) => (
              <CommandItem
                key={one.href}
                value={`recent:${one.href}`}
                tag={t(`search.kind.${one.kind}`)}
                onSelect={() => go(one.href, one)}
              >
                {one.label}
              </CommandItem>
            ))}
          </CommandGroup>
        )}
        {hits.map((group) => (
          <CommandGroup key={group.kind} heading={t(`search.kind.${group.kind}`)}>
            {group.hits.map((hit) => (
              <CommandItem key={hit.id} value={`${hit.kind}:${hit.id}`} onSelect={() => go(hit.href, hit)}>
                {hit.label}
              </CommandItem>
            ))}
          </CommandGroup>
        ))}
        {asked && !searching && hits.length === 0 && (
          <p className="px-3 py-2 text-fg-muted">{t("command.none", { query: query.trim() })}</p>
        )}
        {asked && searching && hits.length === 0 && <p className="px-3 py-2 text-fg-muted">{t("command.searching")}</p>}
        {asked && (
          <CommandItem value="all" onSelect={() => go(`/admin/search?q=${encodeURIComponent(query.trim())}`)}>
            {t("command.all", { query: query.trim() })}
          </CommandItem>
        )}
        {pages.some((page) => fits(page.name)) && (
          <CommandGroup heading={t("command.pages")}>
            {pages
              .filter((page) => fits(page.name))
              .map((page) => (
                <CommandItem
                  key={page.to}
                  value={`page:${page.to}`}
                  keys={page.key ? ["g", page.key] : undefined}
                  onSelect={() => go(page.to)}
                >
                  {page.name}
                </CommandItem>
              ))}
          </CommandGroup>
        )}
        {acts.some((act) => fits(act.name)) && (
          <CommandGroup heading={t("command.acts")}>
            {acts
              .filter((act) => fits(act.name))
              .map((act) => (
                <CommandItem key={act.name} value={`act:${act.name}`} onSelect={act.run}>
                  {act.name}
                </CommandItem>
              ))}
          </CommandGroup>
        )}
      </Command.List>
    </Command>
  );
}

/**
 * What was found for the words, a group per kind. The last answer stays until the next one has come, as long as it answers
 * the same words a letter earlier or later: Enter must not open what was looked for before.
 */
function useHits(query: string) {
  const { load, data, state } = useFetcher<typeof loader>({ key: "command-menu" });
  useEffect(() => {
    if (query.length < 2) return;
    const timer = setTimeout(() => load(`/admin/command?q=${encodeURIComponent(query)}`), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [query, load]);
  const sameWords = data && (query.startsWith(data.query) || data.query.startsWith(query));
  const current = query.length < 2 || !sameWords ? [] : data.hits;
  const found = current.flatMap((hit): Recent[] => {
    const href = hitHref(hit);
    return href ? [{ kind: hit.kind, id: hit.id, label: hit.label, href }] : [];
  });
  const kinds = [...new Set(found.map((hit) => hit.kind))];
  return {
    hits: kinds.map((kind) => ({ kind, hits: found.filter((hit) => hit.kind === kind) })),
    searching: state !== "idle" || (query.length >= 2 && data?.query !== query),
  };
}

/** The field must say which row Enter would open, also before the first arrow key: the library says it only afterwards. */
function useSelectedRow(menu: React.RefObject<HTMLDivElement>, whenever: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows change with what was typed and found.
  useEffect(() => {
    const row = menu.current?.querySelector('[cmdk-item][aria-selected="true"]');
    const field = menu.current?.querySelector("[cmdk-input]");
    if (row?.id) field?.setAttribute("aria-activedescendant", row.id);
  }, [menu, whenever]);
}
