import { CircleAlert, ShieldAlert } from "lucide-react";
import type { Message } from "../../../../sdk/index.ts";
import { formatWhen, formatWhole } from "../../shell/words.ts";
import { Avatar } from "../../ui/avatar.tsx";
import { Points } from "../../ui/score.tsx";
import { Rail } from "../../ui/throughline/index.ts";
import { useNow } from "../../ui/use-now.ts";
import { Attachments } from "./attachments.tsx";
import { MessageBody } from "./message-body.tsx";

interface MessageProps {
  message: Message;
  from: number;
  to: number;
  points: number | null;
  channel: string;
}

/** One message of a thread, with its place on the line. Notes are washed, not outlined. */
export function MessageRow({ message, from, to, points, channel }: MessageProps) {
  const note = message.kind === "note";
  return (
    <li className="grid grid-cols-[48px_minmax(0,1fr)] gap-x-2 max-phone:grid-cols-1 max-phone:[&>:first-child]:hidden">
      <Rail
        from={from}
        to={to}
        initiative={note ? null : message.direction === "in" ? "reactive" : message.kind === "automatic" ? "proactive" : null}
      />
      <article
        className={note ? "mb-3 rounded-l bg-ground px-3.5 pt-1.5 pb-3" : "pt-[3px] pb-4"}
        aria-label={`${message.author.name}, ${message.kind === "note" ? "note" : "message"}`}
      >
        <div className="mb-1 flex min-h-6 items-center gap-2">
          <Avatar
            name={message.author.name}
            of={message.author.kind === "customer" ? "customer" : "member"}
            quiet={message.author.kind === "system" || note}
          />
          <b className="truncate font-strong">{message.author.name}</b>
          <span className="shrink-0 text-text-3">{how(message, channel)}</span>
          <span className="ms-auto flex shrink-0 items-center gap-2.5">
            {points !== null && <Points points={points} />}
            <Time at={message.createdAt} />
          </span>
        </div>
        <div className="ps-8 max-phone:ps-0">
          <FailedCheck message={message} />
          <MessageBody message={message} />
          <Attachments attachments={message.attachments} />
          <Delivery message={message} />
        </div>
      </article>
    </li>
  );
}

function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatWhole(at)} className="text-text-3">
      {formatWhen(at, useNow())}
    </time>
  );
}

function how(message: Message, channel: string): string {
  if (message.kind === "note") return "note, only members see it";
  if (message.kind === "automatic") return "sent by itself";
  return `by ${channel}`;
}

function FailedCheck({ message }: { message: Message }) {
  if (!failedDmarc(message.authentication)) return null;
  return (
    <p className="mb-2 flex items-start gap-1.5 rounded-m bg-sunken px-2.5 py-1.5 text-s">
      <ShieldAlert size={14} strokeWidth={1.75} className="mt-px shrink-0" aria-hidden="true" />
      The sender’s address could not be confirmed (DMARC failed). Somebody else may have written this.
    </p>
  );
}

const deliveryWords: Record<string, string> = {
  queued: "On its way.",
  bounced: "It came back undelivered.",
  failed: "Not sent.",
  kept: "Not sent: no mail server set. Your reply is kept.",
};

function Delivery({ message }: { message: Message }) {
  const { delivery } = message;
  const words = delivery && deliveryWords[delivery.state];
  if (!delivery || !words) return null;
  const wrong = delivery.state !== "queued";
  return (
    <p className={`mt-1.5 flex items-start gap-1.5 text-s ${wrong ? "font-medium text-text" : "text-text-3"}`}>
      {wrong && <CircleAlert size={14} strokeWidth={1.75} className="mt-px shrink-0" aria-hidden="true" />}
      <span>
        {words}{" "}
        {wrong && delivery.detail && delivery.state !== "kept" ? <span className="font-normal text-text-2">{delivery.detail}</span> : null}
      </span>
    </p>
  );
}

function failedDmarc(verdicts: unknown): boolean {
  return typeof verdicts === "object" && verdicts !== null && "dmarc" in verdicts && verdicts.dmarc === "fail";
}
