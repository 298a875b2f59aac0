import { Link, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import type { ComponentType } from "react";
import { ApiKeys } from "../features/access/api-keys.tsx";
import { Audit } from "../features/access/audit.tsx";
import { Members } from "../features/access/members.tsx";
import { Profile } from "../features/access/profile.tsx";
import { useSession } from "../features/access/session.ts";
import { Workspace } from "../features/access/workspace.tsx";
import { Sources } from "../features/collect/sources.tsx";
import { Hooks } from "../features/collect/hooks.tsx";
import { Files } from "../features/exchange/files.tsx";
import { Duplicates } from "../features/customers/duplicates.tsx";
import { Identities } from "../features/customers/identities.tsx";
import { Retention } from "../features/privacy/retention.tsx";
import { Ledger } from "../features/channels/ledger.tsx";
import { Mail } from "../features/channels/mail.tsx";
import { SetAside } from "../features/interactions/set-aside.tsx";
import { OrderSources } from "../features/orders/order-sources.tsx";
import { OpeningHours } from "../features/service-levels/opening-hours.tsx";
import { Appearance } from "./appearance.tsx";

interface SettingsPage {
  key: string;
  name: string;
  group: "You" | "The company";
  /** What the member must be allowed to see. */
  needs?: string;
  show: ComponentType;
}

const pages: readonly SettingsPage[] = [
  { key: "profile", name: "Profile and sign-in", group: "You", show: Profile },
  { key: "appearance", name: "Appearance and keys", group: "You", show: Appearance },
  { key: "workspace", name: "Company", group: "The company", needs: "workspace:read", show: Workspace },
  { key: "hours", name: "Opening hours", group: "The company", needs: "workspace:read", show: OpeningHours },
  { key: "members", name: "Members", group: "The company", needs: "members:read", show: Members },
  { key: "mail", name: "Mail", group: "The company", needs: "mail:read", show: Mail },
  { key: "ledger", name: "Mail ledger", group: "The company", needs: "mail:read", show: Ledger },
  { key: "orders", name: "Orders from shops", group: "The company", needs: "workspace:write", show: OrderSources },
  { key: "sources", name: "Sources", group: "The company", needs: "keys:read", show: Sources },
  { key: "hooks", name: "Webhooks in", group: "The company", needs: "workspace:write", show: Hooks },
  { key: "files", name: "Files in and out", group: "The company", needs: "workspace:write", show: Files },
  { key: "identities", name: "Identities", group: "The company", needs: "workspace:read", show: Identities },
  { key: "duplicates", name: "Possible duplicates", group: "The company", needs: "customers:write", show: Duplicates },
  { key: "retention", name: "How long we keep it", group: "The company", needs: "workspace:read", show: Retention },
  { key: "api-keys", name: "API keys", group: "The company", needs: "keys:read", show: ApiKeys },
  { key: "audit", name: "What was changed", group: "The company", needs: "audit:read", show: Audit },
  { key: "set-aside", name: "Set aside", group: "The company", needs: "audit:read", show: SetAside },
];

/** One subject a page. On phones the list comes first. */
export function Settings() {
  const { page: key = "" } = useParams({ strict: false });
  const { permissions } = useSession();
  const allowed = pages.filter((page) => !page.needs || permissions.includes(page.needs));
  const page = allowed.find((each) => each.key === key) ?? allowed[0];
  const listOnly = key === "all";
  const Shown = page?.show;

  return (
    <div className="grid h-full grid-cols-[204px_minmax(0,1fr)] max-list:grid-cols-1">
      <title>{page ? `${page.name} · Settings` : "Settings"}</title>
      <nav
        aria-label="Settings"
        className={`overflow-auto border-e border-line px-3 py-3.5 max-list:border-0 ${listOnly ? "" : "max-list:hidden"}`}
      >
        {listOnly && <h1 className="mb-3 px-2 text-xl font-strong">Settings</h1>}
        {(["You", "The company"] as const).map((group) => (
          <div key={group} className="mb-3">
            <p className="px-2 py-1 text-s text-text-3">{group}</p>
            <ul>
              {allowed
                .filter((each) => each.group === group)
                .map((each) => (
                  <li key={each.key}>
                    <Link
                      to="/settings/$page"
                      params={{ page: each.key }}
                      aria-current={each === page && !listOnly ? "page" : undefined}
                      className={`flex h-(--row) items-center rounded-m px-2 hover:text-text ${each === page ? "bg-selected font-strong text-text" : "text-text-2"}`}
                    >
                      {each.name}
                    </Link>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </nav>
      {!listOnly && (
        <div className="overflow-auto">
          <Link
            to="/settings/$page"
            params={{ page: "all" }}
            className="mx-3 mt-3 hidden h-11 w-fit items-center gap-2 rounded-m px-2 text-text-2 max-list:flex"
          >
            <ArrowLeft size={16} strokeWidth={1.75} aria-hidden="true" />
            Settings
          </Link>
          {Shown && <Shown key={page.key} />}
        </div>
      )}
    </div>
  );
}
