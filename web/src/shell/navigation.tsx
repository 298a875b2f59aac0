import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import { Search } from "lucide-react";
import type { ReactNode } from "react";
import { useMay, useSession } from "../features/access/session.ts";
import { countsQuery } from "../features/conversations/queries.ts";
import { useUndecided } from "../features/plays/decided.ts";
import { proposalsQuery } from "../features/plays/queries.ts";
import { viewNames, views } from "../features/conversations/views.ts";
import { Avatar } from "../ui/avatar.tsx";
import { KeyCap } from "../ui/key-cap.tsx";
import { Tip } from "../ui/tip.tsx";
import { Edge } from "./edge.tsx";
import { keyCap } from "./keys.ts";
import { useLostAt } from "./live.ts";
import { ProductMark } from "./mark.tsx";
import { isIn, linkOf, places, settingsPlace } from "./places.tsx";
import type { Place } from "./places.tsx";

const row =
  "relative flex items-center gap-2.5 rounded-m px-2 font-medium text-text-2 hover:text-text max-wide:justify-center max-wide:px-0 pointer-coarse:!h-11";

/** Where one can go. 204 wide, 56 on narrower screens, at the foot on phones. */
export function Navigation({ onFind }: { onFind: () => void }) {
  const { workspace } = useSession();
  const { pathname } = useLocation();
  const counted = useQuery(countsQuery).data;
  const proposals = useQuery({ ...proposalsQuery, enabled: useMay("proposals:read"), retry: false });
  const proposed = useUndecided(proposals.data?.items)?.length;
  const counts = counted && { ...counted, ...(proposed === undefined ? {} : { proposed }) };
  const inInbox = pathname.startsWith("/inbox");

  return (
    <nav
      aria-label="Main"
      className="relative z-10 flex h-full w-[204px] shrink-0 flex-col gap-px border-e border-line bg-ground px-3 pt-2.5 pb-3 max-wide:w-14 max-wide:px-2 max-phone:hidden"
    >
      <p className="flex h-8 items-center gap-2 px-2 text-read font-strong max-wide:justify-center max-wide:px-0">
        <ProductMark />
        <span className="truncate max-wide:sr-only">{workspace.name}</span>
      </p>
      <Tip text="Find or do" keys={keyCap("mod+k")} side="right">
        <button
          type="button"
          onClick={onFind}
          className="mt-2 mb-2.5 flex h-[30px] items-center gap-2 rounded-m bg-surface px-2 text-text-3 shadow-[inset_0_0_0_1px_var(--line)] hover:text-text max-wide:justify-center max-wide:px-0 pointer-coarse:h-11"
        >
          <Search size={14} strokeWidth={1.75} aria-hidden="true" />
          <span className="grow text-start max-wide:sr-only">Find or do…</span>
          <KeyCap>{keyCap("mod+k")}</KeyCap>
        </button>
      </Tip>
      {places.map((place) => (
        <Place
          key={place.to}
          place={place}
          here={isIn(place, pathname)}
          bends={place.to !== "/inbox" || !inInbox}
          count={place.to === "/inbox" ? counts?.open : undefined}
        >
          {place.to === "/inbox" && inInbox && <Views current={pathname.split("/")[2] ?? ""} counts={counts} />}
        </Place>
      ))}
      <span className="grow" />
      <Place place={settingsPlace} here={pathname.startsWith("/settings")} bends />
      <Yourself />
    </nav>
  );
}

interface PlaceProps {
  place: Place;
  here: boolean;
  bends: boolean;
  count?: number;
  children?: ReactNode;
}

function Place({ place, here, bends, count, children }: PlaceProps) {
  const Icon = place.icon;
  return (
    <>
      <Tip text={place.name} keys={keyCap(`g ${place.name.charAt(0).toLowerCase()}`)} side="right">
        <Link
          {...linkOf(place)}
          aria-current={here ? "page" : undefined}
          className={`${row} h-[30px] max-wide:h-9 ${here ? (bends ? "bg-selected font-strong text-text" : "text-text max-wide:bg-selected") : ""}`}
        >
          <Icon size={16} strokeWidth={1.75} aria-hidden="true" />
          <span className="max-wide:sr-only">{place.name}</span>
          {count !== undefined && <span className="ms-auto text-s font-normal text-text-3 max-wide:sr-only">{count}</span>}
          {here && (
            <span className={bends ? "" : "wide:hidden"}>
              <Edge />
            </span>
          )}
        </Link>
      </Tip>
      {children}
    </>
  );
}

function Views({ current, counts }: { current: string; counts?: Record<string, number> }) {
  return (
    <ul aria-label="Inbox" className="mb-1.5 flex flex-col gap-px max-wide:hidden">
      {views.map((view) => {
        const here = view === current;
        const count = view === "closed" ? undefined : counts?.[view];
        return (
          <li key={view}>
            <Link
              to="/inbox/$view"
              params={{ view }}
              aria-current={here ? "true" : undefined}
              className={`relative flex h-7 items-center rounded-m ps-[33px] pe-2 hover:text-text pointer-coarse:h-11 ${here ? "bg-selected font-strong text-text" : "text-text-2"}`}
            >
              {viewNames[view]}
              {count !== undefined && <span className={`ms-auto text-s font-normal ${here ? "text-text-2" : "text-text-3"}`}>{count}</span>}
              {here && <Edge />}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}

function Yourself() {
  const { member } = useSession();
  const lost = useLostAt() !== null;
  return (
    <Link to="/settings/$page" params={{ page: "profile" }} className={`${row} mt-1.5 h-9 text-text`}>
      <Avatar name={member.name} of="member" />
      <span className="truncate max-wide:sr-only">{member.name}</span>
      <span
        className={`ms-auto size-[7px] shrink-0 rounded-full max-wide:hidden ${lost ? "shadow-[inset_0_0_0_1.5px_var(--text-3)]" : "bg-ink"}`}
        role="img"
        aria-label={lost ? "No live connection" : "Connected"}
      />
    </Link>
  );
}
