import { useQueryClient } from "@tanstack/react-query";
import type { QueryClient } from "@tanstack/react-query";
import type { Conversation, Person, Priority } from "../../../../sdk/index.ts";
import { answer, api } from "../../shell/api.ts";
import { toast } from "../../ui/toasts.tsx";
import { patchConversation, refetchConversation, removeConversation } from "./cache.ts";

/** What a member can do with a conversation. The screen changes at once; a refusal changes it back and says why. */
export interface ConversationActions {
  close: (conversation: Conversation) => void;
  reopen: (conversation: Conversation) => void;
  assign: (conversation: Conversation, to: Person | null) => void;
  prioritise: (conversation: Conversation, priority: Priority) => void;
  tag: (conversation: Conversation, tag: string) => void;
  untag: (conversation: Conversation, tag: string) => void;
}

export function useConversationActions(me: Person): ConversationActions {
  const client = useQueryClient();
  const actions: ConversationActions = {
    close(conversation) {
      const params = { params: { path: { id: conversation.id } } };
      patchConversation(client, conversation.id, { status: "closed" });
      removeConversation(client, conversation.id, (key) => key[2] !== "closed");
      toast("Closed.", { undo: () => actions.reopen(conversation) });
      void settle(client, conversation, "It was not closed.", answer(api.POST("/api/v1/conversations/{id}/closure", params)));
    },
    reopen(conversation) {
      const params = { params: { path: { id: conversation.id } } };
      patchConversation(client, conversation.id, { status: "open" });
      removeConversation(client, conversation.id, (key) => key[2] === "closed");
      void settle(client, conversation, "It was not reopened.", answer(api.DELETE("/api/v1/conversations/{id}/closure", params)));
    },
    assign(conversation, to) {
      const before = conversation.assignee;
      const put = (person: Person | null): void => {
        patchConversation(client, conversation.id, { assignee: person });
        if (person?.id !== me.id) removeConversation(client, conversation.id, (key) => key[2] === "mine");
        if (person) removeConversation(client, conversation.id, (key) => key[2] === "unassigned");
        const call = api.PUT("/api/v1/conversations/{id}/assignee", {
          params: { path: { id: conversation.id } },
          body: { memberId: person?.id ?? null },
        });
        void settle(client, conversation, "It was not assigned.", answer(call));
      };
      put(to);
      toast(to ? `Assigned to ${to.id === me.id ? "you" : to.name}.` : "Assigned to nobody.", { undo: () => put(before) });
    },
    prioritise(conversation, priority) {
      patchConversation(client, conversation.id, { priority });
      const call = api.PUT("/api/v1/conversations/{id}/priority", { params: { path: { id: conversation.id } }, body: { priority } });
      void settle(client, conversation, "The priority stays as it was.", answer(call));
    },
    tag(conversation, tag) {
      patchConversation(client, conversation.id, { tags: [...conversation.tags.filter((other) => other !== tag), tag] });
      const call = api.POST("/api/v1/conversations/{id}/tags/{tag}", { params: { path: { id: conversation.id, tag } } });
      void settle(client, conversation, "The tag was not kept.", answer(call));
    },
    untag(conversation, tag) {
      patchConversation(client, conversation.id, { tags: conversation.tags.filter((other) => other !== tag) });
      const call = api.DELETE("/api/v1/conversations/{id}/tags/{tag}", { params: { path: { id: conversation.id, tag } } });
      void settle(client, conversation, "The tag is still there.", answer(call));
    },
  };
  return actions;
}

/** Remembers that this member has seen a conversation up to now. */
export async function markRead(client: QueryClient, id: string): Promise<void> {
  patchConversation(client, id, { unread: false });
  await api.PUT("/api/v1/conversations/{id}/reading", { params: { path: { id } } }).catch(() => null);
  patchConversation(client, id, { unread: false });
}

async function settle(client: QueryClient, before: Conversation, refused: string, call: Promise<unknown>): Promise<void> {
  try {
    await call;
  } catch (error) {
    patchConversation(client, before.id, before);
    toast(`${refused} ${error instanceof Error ? error.message : ""}`);
  }
  refetchConversation(client, before.id);
}
