import type { Config } from "../config.ts";
import { deliverInvitationsBy } from "../features/access/index.ts";
import { onDeliveryChange, onInboundEmail, useOutgoing } from "../features/channels/email/index.ts";
import { noteDelivery, receiveMessage } from "../features/conversations/index.ts";
import { provideListing, provideStandings } from "../features/customers/index.ts";
import { rejoin, scoreSql, standingsOf } from "../features/experience/index.ts";
import { giveToPersons } from "../features/insights/index.ts";
import { onRejoin } from "../features/interactions/index.ts";
import { inSegment, rejoin as rejoinSegments } from "../features/segments/index.ts";
import { postInvitation } from "./invitation-letter.ts";

/** Joins rooms through the ports that lower ones declare, where a word has to travel up. */
export function plugRooms(config: Config): void {
  useOutgoing(config.smtpUrl);
  provideStandings(standingsOf);
  provideListing({ inSegment, scoreOf: scoreSql });
  deliverInvitationsBy((tx, letter) => postInvitation(tx, letter, config.publicUrl));
  onRejoin(rejoin);
  onRejoin(rejoinSegments);
  onRejoin((tx, _, roots) => giveToPersons(tx, roots));
  onDeliveryChange(noteDelivery);
  onInboundEmail(async (tx, email) => {
    const { conversation, message } = await receiveMessage(tx, email);
    return { conversationId: conversation.id, messageId: message.id };
  });
}
