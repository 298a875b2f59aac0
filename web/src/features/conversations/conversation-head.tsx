import { useQuery } from "@tanstack/react-query";
import { Check, Ellipsis, PanelRight, RotateCcw } from "lucide-react";
import { useState } from "react";
import type { ConversationDetail, Priority } from "../../../../sdk/index.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Back } from "../../ui/back.tsx";
import { Button } from "../../ui/button.tsx";
import { Chip } from "../../ui/chip.tsx";
import { IconButton } from "../../ui/icon-button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { membersQuery } from "../access/queries.ts";
import { useMay, useSession } from "../access/session.ts";
import type { ConversationActions } from "./actions.ts";

interface ConversationHeadProps {
  conversation: ConversationDetail;
  actions: ConversationActions;
  assigning: boolean;
  onAssigning: (open: boolean) => void;
  onTag: () => void;
  onCustomer: () => void;
  onBack: () => void;
}

const priorities: readonly Priority[] = ["low", "normal", "high", "urgent"];

/** What it is about, who has it, and what can be done with it. */
export function ConversationHead({ conversation, actions, assigning, onAssigning, onTag, onCustomer, onBack }: ConversationHeadProps) {
  const { member } = useSession();
  const may = useMay("conversations:write");
  const members = useQuery(membersQuery).data?.items ?? [];
  const [more, setMore] = useState(false);
  const { assignee } = conversation;
  const closed = conversation.status === "closed";

  return (
    <header className="flex min-h-13 shrink-0 items-center gap-1 border-b border-line-soft ps-5 pe-4 max-phone:ps-1.5 max-phone:pe-1.5">
      <Back onBack={onBack} />
      <h2 className="min-w-0 grow truncate text-l font-strong" title={conversation.subject}>
        {conversation.subject || "No subject"}
      </h2>
      {conversation.tags.map((tag) => (
        <span key={tag} className="max-phone:hidden">
          <Chip onRemove={may ? () => actions.untag(conversation, tag) : undefined} removeLabel={`Remove the tag ${tag}`}>
            {tag}
          </Chip>
        </span>
      ))}
      {may && (
        <Menu
          open={assigning}
          onOpenChange={onAssigning}
          trigger={
            <Button
              look="plain"
              className="!px-1.5 !text-text"
              aria-label={assignee ? `Assigned to ${assignee.name}. Assign to somebody else` : "Assign"}
            >
              {assignee && <Avatar name={assignee.name} of="member" quiet={assignee.id !== member.id} />}
              <span className={assignee ? "max-pane:sr-only" : ""}>{assignee ? (assignee.name.split(" ")[0] ?? "") : "Assign"}</span>
            </Button>
          }
          entries={[
            {
              label: "Me",
              icon: <Avatar name={member.name} of="member" size={20} />,
              onSelect: () => actions.assign(conversation, member),
            },
            ...members
              .filter((each) => each.id !== member.id && each.role !== "viewer")
              .map((each) => ({
                label: each.name,
                icon: <Avatar name={each.name} of="member" size={20} quiet />,
                onSelect: () => actions.assign(conversation, each),
              })),
            "line" as const,
            { label: "Nobody", disabled: !assignee, onSelect: () => actions.assign(conversation, null) },
          ]}
        />
      )}
      <IconButton label="The customer" keys="I" icon={PanelRight} className="pane:hidden" onClick={onCustomer} />
      {may && (
        <Menu
          open={more}
          onOpenChange={setMore}
          trigger={
            <Button look="plain" square aria-label="More to do" icon={<Ellipsis size={16} strokeWidth={1.75} aria-hidden="true" />} />
          }
          entries={[
            { label: "Add a tag…", keys: "#", onSelect: onTag },
            "line",
            ...priorities.map((priority) => ({
              label: `Priority: ${priority}`,
              icon:
                conversation.priority === priority ? <Check size={14} strokeWidth={1.75} aria-hidden="true" /> : <span className="w-3.5" />,
              onSelect: () => actions.prioritise(conversation, priority),
            })),
          ]}
        />
      )}
      {may &&
        (closed ? (
          <Button
            keys="E"
            icon={<RotateCcw size={14} strokeWidth={1.75} aria-hidden="true" />}
            onClick={() => actions.reopen(conversation)}
          >
            <span className="max-phone:sr-only">Reopen</span>
          </Button>
        ) : (
          <Button keys="E" icon={<Check size={14} strokeWidth={1.75} aria-hidden="true" />} onClick={() => actions.close(conversation)}>
            <span className="max-phone:sr-only">Close</span>
          </Button>
        ))}
    </header>
  );
}
