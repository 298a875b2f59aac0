/** Service threads, and what is written in them. */
export { receiveMessage, type IncomingFile, type IncomingMessage } from "./receive-message.ts";
export { noteDelivery } from "./note-delivery.ts";
export { importConversation, type PastConversation } from "./import-conversations.ts";
export { postMessage } from "./post-message.ts";
export { beginConversation, writeFirst } from "./write-first.ts";
export { closeConversation } from "./close-conversation.ts";
export { reopenConversation } from "./reopen-conversation.ts";
export { assignConversation } from "./assign-conversation.ts";
export {
  findConversation,
  findSubjects,
  hasOpenConversation,
  openConversationOf,
  setConversationRisks,
  type Conversation,
} from "./queries.ts";
export { newestInboundOf, type Message } from "./message-queries.ts";
export { requireConversation } from "./require-conversation.ts";
export { listeners } from "./listeners.ts";
export { personalData } from "./personal-data.ts";
export { routes } from "./routes.ts";
