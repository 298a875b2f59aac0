import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useMemo, useState } from "react";
import type { Conversation } from "../../../../sdk/index.ts";
import { useKeys } from "../../shell/keys.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Empty } from "../../ui/empty.tsx";
import { Failure } from "../../ui/failure.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { useMedia } from "../../ui/use-media.ts";
import { CustomerPane } from "../customers/customer-pane.tsx";
import { ProposedInbox } from "../plays/proposed-inbox.tsx";
import { useMay, useSession } from "../access/session.ts";
import { useConversationActions } from "./actions.ts";
import { ConversationPane } from "./conversation-pane.tsx";
import { EmptyInbox } from "./empty-inbox.tsx";
import { InboxList, KeyHints } from "./inbox-list.tsx";
import { ListHead } from "./list-head.tsx";
import { conversationQuery, conversationsQuery, countsQuery, prefetchConversation } from "./queries.ts";
import { useSettledList } from "./use-settled-list.ts";
import { isView, viewNames } from "./views.ts";
import type { View } from "./views.ts";

/** The inbox: list, conversation, customer. */
export function Inbox() {
  const { view } = useParams({ strict: false });
  if (view === "proposed") return <ProposedInbox />;
  return <Conversations view={view && isView(view) ? view : "mine"} />;
}

function Conversations({ view }: { view: View }) {
  const { conversationId: openId = null } = useParams({ strict: false });
  const { query = "" } = useSearch({ strict: false });
  const navigate = useNavigate();
  const client = useQueryClient();
  const { member } = useSession();
  const may = useMay("conversations:write");
  const actions = useConversationActions(member);
  const list = useInfiniteQuery(conversationsQuery(view, query));
  const counts = useQuery(countsQuery).data;
  const latest = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const { shown, waiting, hold, release } = useSettledList(latest, `${view} ${query}`);
  const [searching, setSearching] = useState(false);
  const [customerShown, setCustomerShown] = useState(false);
  const oneAtATime = useMedia("(max-width: 899.98px)");
  const threePanes = useMedia("(min-width: 1200px)");
  const customer = useQuery({ ...conversationQuery(openId ?? ""), enabled: openId !== null }).data?.customer;

  const open = useCallback(
    (id: string | undefined) =>
      id
        ? void navigate({
            to: "/inbox/$view/$conversationId",
            params: { view, conversationId: id },
            search: query ? { query } : {},
            replace: openId !== null,
          })
        : void navigate({ to: "/inbox/$view", params: { view }, search: query ? { query } : {} }),
    [navigate, view, query, openId],
  );
  const at = shown.findIndex((each) => each.id === openId);
  const move = (step: number): void => open(shown[Math.min(shown.length - 1, Math.max(0, at + step))]?.id);
  const closed = (conversation: Conversation): void => {
    const next = shown[at + 1]?.id ?? shown[at - 1]?.id;
    if (view !== "closed") open(oneAtATime || next === conversation.id ? undefined : next);
  };

  useEffect(() => {
    if (!oneAtATime && openId === null && shown[0] && !query) open(shown[0].id);
  }, [oneAtATime, openId, shown, open, query]);
  const [previous, next] = [shown[at - 1], shown[at + 1]];
  useEffect(() => {
    const timer = setTimeout(() => {
      for (const neighbour of [next, previous]) if (neighbour) prefetchConversation(client, neighbour);
    }, 150);
    return () => clearTimeout(timer);
  }, [client, next, previous]);
  useKeys([
    { keys: "j", label: "Next", group: "List", run: () => move(1) },
    { keys: "k", label: "Previous", group: "List", run: () => move(at < 0 ? 0 : -1) },
    { keys: "/", label: "Find in conversations", group: "List", run: () => setSearching(true) },
    { keys: "escape", label: "Back to the list", group: "List", run: () => oneAtATime && open(undefined) },
  ]);

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const note = counts && view !== "closed" && view !== "proposed" ? noteOf(counts[view], latest) : "";

  return (
    <div className="grid h-full grid-cols-[minmax(300px,356px)_minmax(0,1fr)] max-list:grid-cols-1 pane:grid-cols-[minmax(290px,356px)_minmax(480px,1fr)_minmax(280px,324px)]">
      <title>{`${viewNames[view]} · Inbox`}</title>
      {(!oneAtATime || openId === null) && (
        <section aria-label="Conversations" className="flex min-h-0 min-w-0 flex-col border-e border-line max-list:border-0">
          <ListHead view={view} note={note} query={query} searching={searching} onSearching={setSearching} />
          {list.error && latest.length === 0 ? (
            <Failure error={list.error} what="The list was not loaded." onRetry={() => void list.refetch()} />
          ) : list.isPending ? (
            <Skeleton rows={8} label="Loading conversations" />
          ) : latest.length === 0 ? (
            <EmptyInbox view={view} query={query} />
          ) : (
            <InboxList
              conversations={shown}
              waiting={waiting}
              view={view}
              query={query || undefined}
              openId={openId}
              onHold={hold}
              onRelease={release}
              onEnd={more}
              onClose={may ? actions.close : undefined}
            />
          )}
          <KeyHints may={may} />
        </section>
      )}
      {oneAtATime && openId !== null && <h1 className="sr-only">Inbox: {viewNames[view]}</h1>}
      {openId !== null ? (
        <ConversationPane
          key={openId}
          id={openId}
          onCustomer={() => setCustomerShown((now) => !now)}
          onBack={() => open(undefined)}
          onClosed={closed}
        />
      ) : (
        !oneAtATime && (
          <div className="flex items-center justify-center">{latest.length > 0 && <Empty>Choose a conversation, or press J.</Empty>}</div>
        )
      )}
      {openId !== null && threePanes && (
        <aside aria-label="Customer" className="min-h-0 overflow-auto border-s border-line">
          {customer && <CustomerPane key={customer.id} id={customer.id} />}
        </aside>
      )}
      {customer && !threePanes && (
        <Dialog
          open={customerShown}
          onClose={() => setCustomerShown(false)}
          title={customer.name ?? "Customer"}
          place={oneAtATime ? "below" : "end"}
          hideTitle
        >
          <CustomerPane id={customer.id} />
        </Dialog>
      )}
    </div>
  );
}

function noteOf(count: number, latest: readonly Conversation[]): string {
  const risky = latest.filter((each) => each.atRisk).length;
  return [`${count} open`, risky > 0 && `${risky} at risk`].filter(Boolean).join(", ");
}
