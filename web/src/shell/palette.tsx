import { Dialog } from "@base-ui/react/dialog";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Command } from "cmdk";
import { ArrowRight, Mail, PenLine, Search, UserRound } from "lucide-react";
import { useEffect, useState } from "react";
import type { Conversation, Customer } from "../../../sdk/index.ts";
import { conversationsFound, customersFound } from "../features/find.ts";
import { viewNames, views } from "../features/conversations/views.ts";
import { currentKeys, keyCap } from "./keys.ts";
import { writeFirst } from "./write-first.ts";

interface PaletteProps {
  open: boolean;
  onClose: () => void;
  onKeys: () => void;
}

const item =
  "flex min-h-(--row) items-center gap-2.5 rounded-m px-2.5 text-text-2 data-[selected=true]:bg-selected data-[selected=true]:text-text";

/** ⌘K: find a customer or a conversation, or do what a key would do. */
export function Palette({ open, onClose, onKeys }: PaletteProps) {
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-[oklch(15%_.01_175/.2)]" />
        <Dialog.Popup className="fixed top-[12vh] left-1/2 z-40 w-[min(calc(100vw-2rem),36rem)] -translate-x-1/2 overflow-hidden rounded-l bg-raised shadow-2 outline-none transition-opacity duration-(--fast) data-[starting-style]:opacity-0">
          <Dialog.Title className="sr-only">Find or do</Dialog.Title>
          <Finder onDone={onClose} onKeys={onKeys} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Finder({ onDone, onKeys }: { onDone: () => void; onKeys: () => void }) {
  const [words, setWords] = useState("");
  const navigate = useNavigate();
  const customers = useQuery(customersFound(words)).data ?? [];
  const conversations = useQuery(conversationsFound(words)).data ?? [];
  const [chosen, setChosen] = useState("");
  const first = customers[0] ? customerValue(words, customers[0]) : conversations[0] ? conversationValue(words, conversations[0]) : "";
  // What is found comes after the letters; the first of it is then chosen, not what stood there before.
  useEffect(() => {
    if (first) setChosen(first);
  }, [first]);
  const run = (what: () => unknown) => () => {
    onDone();
    what();
  };

  return (
    <Command label="Find or do" value={chosen} onValueChange={setChosen} loop>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search size={16} strokeWidth={1.75} className="text-text-3" aria-hidden="true" />
        <Command.Input
          autoFocus
          value={words}
          onValueChange={setWords}
          placeholder="Find a customer or a conversation, or do something"
          className="h-12 grow bg-transparent text-read outline-none placeholder:text-text-3"
        />
      </div>
      <Command.List className="max-h-[52vh] overflow-auto p-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-s [&_[cmdk-group-heading]]:text-text-3">
        <Command.Empty className="px-2.5 py-6 text-text-2">
          Nothing found. Try a name, an email address or words of a subject.
        </Command.Empty>
        {customers.length > 0 && (
          <Command.Group heading="Customers">
            {customers.map((customer) => (
              <Command.Item
                key={customer.id}
                value={customerValue(words, customer)}
                className={item}
                onSelect={run(() => navigate({ to: "/customers/$customerId", params: { customerId: customer.id } }))}
              >
                <UserRound size={14} strokeWidth={1.75} aria-hidden="true" />
                <span className="truncate">{customer.name ?? customer.email}</span>
                <span className="truncate text-s text-text-3">{customer.email}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        {conversations.length > 0 && (
          <Command.Group heading="Conversations">
            {conversations.map((each) => (
              <Command.Item
                key={each.id}
                value={conversationValue(words, each)}
                className={item}
                onSelect={run(() =>
                  navigate({
                    to: "/inbox/$view/$conversationId",
                    params: { view: each.status === "closed" ? "closed" : "open", conversationId: each.id },
                  }),
                )}
              >
                <Mail size={14} strokeWidth={1.75} aria-hidden="true" />
                <span className="truncate">{each.subject}</span>
                <span className="ms-auto shrink-0 text-s text-text-3">{each.customer.name ?? each.customer.email}</span>
              </Command.Item>
            ))}
          </Command.Group>
        )}
        <Command.Group heading="Do">
          <Command.Item className={item} onSelect={run(() => writeFirst({}))}>
            <PenLine size={14} strokeWidth={1.75} aria-hidden="true" />
            Write first to a customer
          </Command.Item>
          {currentKeys()
            .filter((binding) => binding.group === "Conversation")
            .map((binding) => (
              <Command.Item key={binding.keys} className={item} onSelect={run(binding.run)}>
                <ArrowRight size={14} strokeWidth={1.75} aria-hidden="true" />
                {binding.label}
                <kbd className="ms-auto font-sans text-s text-text-3">{keyCap(binding.keys)}</kbd>
              </Command.Item>
            ))}
          <Command.Item className={item} onSelect={run(onKeys)}>
            <ArrowRight size={14} strokeWidth={1.75} aria-hidden="true" />
            All keys
          </Command.Item>
        </Command.Group>
        <Command.Group heading="Go to">
          {views.map((view) => (
            <Command.Item
              key={view}
              value={`inbox ${viewNames[view]}`}
              className={item}
              onSelect={run(() => navigate({ to: "/inbox/$view", params: { view } }))}
            >
              <ArrowRight size={14} strokeWidth={1.75} aria-hidden="true" />
              Inbox, {viewNames[view]}
            </Command.Item>
          ))}
          <Command.Item className={item} onSelect={run(() => navigate({ to: "/customers" }))}>
            <ArrowRight size={14} strokeWidth={1.75} aria-hidden="true" />
            Customers
          </Command.Item>
          <Command.Item className={item} onSelect={run(() => navigate({ to: "/board" }))}>
            <ArrowRight size={14} strokeWidth={1.75} aria-hidden="true" />
            Board
          </Command.Item>
          <Command.Item className={item} onSelect={run(() => navigate({ to: "/settings/$page", params: { page: "profile" } }))}>
            <ArrowRight size={14} strokeWidth={1.75} aria-hidden="true" />
            Settings
          </Command.Item>
        </Command.Group>
      </Command.List>
    </Command>
  );
}

/** The words that were typed are part of it, since the server has matched them already. */
function customerValue(words: string, customer: Customer): string {
  return `${words} ${customer.name} ${customer.email} ${customer.id}`;
}

function conversationValue(words: string, conversation: Conversation): string {
  return `${words} ${conversation.subject} ${conversation.id}`;
}
