import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Empty } from "../../ui/empty.tsx";
import { useMay } from "../access/session.ts";
import { accountsQuery, addressesQuery } from "../channels/queries.ts";
import { viewNames } from "./views.ts";
import type { View } from "./views.ts";

/** A view where nothing is left, or where nothing can come yet, and the way on from it. */
export function EmptyInbox({ view, query }: { view: View; query: string }) {
  const may = useMay("mail:write");
  const addresses = useQuery({ ...addressesQuery, enabled: may });
  const accounts = useQuery({ ...accountsQuery, enabled: may });
  if (addresses.data?.items.length === 0 && accounts.data?.items.length === 0) {
    return (
      <Empty
        action={
          <Link to="/settings/$page" params={{ page: "mail" }} className="underline-quiet hover:text-text">
            Add an address
          </Link>
        }
      >
        No mail can come in yet: no address is set. What customers write to it is answered here.
      </Empty>
    );
  }
  return <Empty action={view === "open" ? undefined : <Elsewhere view={view} />}>{wordsOf(view, query)}</Empty>;
}

function Elsewhere({ view }: { view: View }) {
  const to = view === "mine" ? "unassigned" : "open";
  return (
    <Link to="/inbox/$view" params={{ view: to }} className="underline-quiet hover:text-text">
      {viewNames[to]}
    </Link>
  );
}

function wordsOf(view: View, query: string): string {
  if (query) return `Nothing here says “${query}”. Try fewer words, or look in all open and closed.`;
  if (view === "mine") return "Nobody is waiting for you. Others may be.";
  if (view === "unassigned") return "Everything has somebody. New conversations come in here.";
  if (view === "atRisk") return "Nobody with an open conversation is at risk.";
  return view === "closed" ? "Nothing has been closed yet." : "Nobody is waiting.";
}
