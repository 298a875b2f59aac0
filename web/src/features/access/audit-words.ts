const words: Record<string, string> = {
  "conversations.assign": "Assigned a conversation",
  "conversations.begin": "Wrote first",
  "conversations.change": "Changed a conversation's priority or tags",
  "conversations.close": "Closed a conversation",
  "conversations.reopen": "Reopened a conversation",
  "customers.change": "Changed a customer",
  "customers.consent": "Wrote down a customer's consent",
  "email.add-account": "Added a mailbox",
  "email.add-address": "Added a mail address",
  "email.remove-account": "Removed a mailbox",
  "email.remove-address": "Removed a mail address",
  "email.retry": "Tried a mail again that was set aside",
  "email.send-kept": "Sent what was kept",
  "invitations.accept": "Joined by an invitation",
  "invitations.create": "Invited somebody",
  "invitations.withdraw": "Took an invitation back",
  "keys.create": "Made an API key",
  "keys.revoke": "Removed an API key",
  "members.change": "Changed a member",
  "members.claim": "Became the owner",
  "members.remove": "Removed a member",
  "orders.add-source": "Added a shop",
  "orders.place": "Placed or changed an order",
  "orders.remove-source": "Removed a shop",
  "plays.change": "Changed what is proposed for late orders",
  "plays.drop": "Dropped a proposed message",
  "plays.edit": "Edited a proposed message",
  "plays.send": "Sent a proposed message",
  "sample.remove": "Removed the sample company",
  "service-levels.change": "Changed the opening hours or promises of time",
  "surveys.change": "Changed when customers are asked",
  "workspace.change": "Changed the company",
};

/** An action of the audit in plain words. One that is not known yet is shown by its name. */
export function auditWords(action: string): string {
  const known = words[action];
  if (known) return known;
  const name = action.replaceAll(/[._-]/gu, " ");
  return name.charAt(0).toUpperCase() + name.slice(1);
}
