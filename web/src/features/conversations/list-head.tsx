import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronDown, Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { viewNames, views } from "./views.ts";
import type { View } from "./views.ts";

interface ListHeadProps {
  view: View;
  note: string;
  query: string;
  searching: boolean;
  /** Left out where there is nothing to search. */
  onSearching?: (searching: boolean) => void;
}

/** Which conversations these are; how to look for others. */
export function ListHead({ view, note, query, searching, onSearching }: ListHeadProps) {
  const navigate = useNavigate();
  return (
    <header className="flex h-13 shrink-0 items-center gap-2.5 border-b border-line ps-5 pe-2.5 max-phone:ps-2">
      {searching || query ? (
        <SearchField view={view} query={query} onClose={() => onSearching?.(false)} />
      ) : (
        <>
          <h1 className="sr-only">Inbox: {viewNames[view]}</h1>
          <span className="text-l font-strong max-wide:hidden" aria-hidden="true">
            {viewNames[view]}
          </span>
          <div className="wide:hidden">
            <Menu
              align="start"
              trigger={
                <Button look="plain" className="!px-2 text-l !font-strong !text-text" aria-label={`${viewNames[view]}. Other views`}>
                  {viewNames[view]}
                  <ChevronDown size={14} strokeWidth={1.75} aria-hidden="true" />
                </Button>
              }
              entries={views.map((each) => ({
                label: viewNames[each],
                onSelect: () => void navigate({ to: "/inbox/$view", params: { view: each } }),
              }))}
            />
          </div>
          <span className="min-w-0 grow truncate text-text-3">{note}</span>
          {onSearching && <IconButton label="Find in conversations" keys="/" icon={Search} onClick={() => onSearching(true)} />}
        </>
      )}
    </header>
  );
}

function SearchField({ view, query, onClose }: { view: View; query: string; onClose: () => void }) {
  const navigate = useNavigate();
  const [words, setWords] = useState(query);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (words === query) return;
    const timer = setTimeout(
      () => void navigate({ to: "/inbox/$view", params: { view }, search: words ? { query: words } : {}, replace: true }),
      250,
    );
    return () => clearTimeout(timer);
  }, [words, query, navigate, view]);

  return (
    <search className="flex grow items-center gap-2">
      <h1 className="sr-only">Inbox: {viewNames[view]}</h1>
      <Search size={16} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
      <input
        ref={field}
        type="search"
        aria-label={`Find in ${viewNames[view]}`}
        placeholder={`Find in ${viewNames[view].toLowerCase()}`}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          setWords("");
          void navigate({ to: "/inbox/$view", params: { view }, search: {}, replace: true });
          onClose();
        }}
        className="h-8 min-w-0 grow bg-transparent outline-none placeholder:text-text-3 pointer-coarse:h-11"
      />
      <Link
        to="/inbox/$view"
        params={{ view }}
        search={{}}
        onClick={onClose}
        aria-label="End the search"
        className="grid size-(--control) place-items-center rounded-m hover:bg-hover"
      >
        <X size={16} strokeWidth={1.75} aria-hidden="true" />
      </Link>
    </search>
  );
}
