import { Link, useLocation } from "@tanstack/react-router";
import { PenLine } from "lucide-react";
import { useMay, useSession } from "../features/access/session.ts";
import { Avatar } from "../ui/avatar.tsx";
import { TopEdge } from "./edge.tsx";
import { isIn, linkOf, places } from "./places.tsx";
import type { Place } from "./places.tsx";

/** The navigation on phones. */
export function BottomBar({ onWrite }: { onWrite: () => void }) {
  const { pathname } = useLocation();
  const { member } = useSession();
  const mayWrite = useMay("conversations:write");
  const [inbox, customers, board] = places;
  if (!inbox || !customers || !board) return null;
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-20 hidden grid-cols-5 items-start border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] max-phone:grid"
    >
      <Tab place={inbox} here={isIn(inbox, pathname)} />
      <Tab place={customers} here={isIn(customers, pathname)} />
      <button
        type="button"
        aria-label="Write first"
        disabled={!mayWrite}
        onClick={onWrite}
        className="mx-auto mt-1.5 grid size-12 place-items-center rounded-xl bg-ink text-on-ink disabled:bg-sunken disabled:text-text-3"
      >
        <PenLine size={20} strokeWidth={1.75} aria-hidden="true" />
      </button>
      <Tab place={board} here={isIn(board, pathname)} />
      <Link
        to="/settings/$page"
        params={{ page: "all" }}
        aria-current={pathname.startsWith("/settings") ? "page" : undefined}
        className={tab(pathname.startsWith("/settings"))}
      >
        {pathname.startsWith("/settings") && <TopEdge />}
        <Avatar name={member.name} of="member" size={20} />
        Me
      </Link>
    </nav>
  );
}

function Tab({ place, here }: { place: Place; here: boolean }) {
  const Icon = place.icon;
  return (
    <Link {...linkOf(place)} aria-current={here ? "page" : undefined} className={tab(here)}>
      {here && <TopEdge />}
      <Icon size={20} strokeWidth={1.75} aria-hidden="true" />
      {place.name}
    </Link>
  );
}

function tab(here: boolean): string {
  return `relative flex min-h-[60px] flex-col items-center gap-1 pt-3 text-xs ${here ? "font-strong text-text" : "font-medium text-text-3"}`;
}
