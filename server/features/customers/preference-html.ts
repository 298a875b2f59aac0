import { escapeHtml, plainPage } from "../../platform/http/index.ts";
import { CHOICES, type Preference } from "./preferences.ts";

interface Page {
  company: string;
  token: string;
}

export function preferencePage({ company, token, preferences }: Page & { preferences: readonly Preference[] }): string {
  const choices = preferences.map(
    ({ choice, granted }) =>
      `<label class="choice"><input type="checkbox" name="${choice.channel}.${choice.class}"${granted ? " checked" : ""}> ${escapeHtml(choice.wording)}</label>`,
  );
  return plainPage(
    `What may ${company} send you?`,
    `<h1>What may ${escapeHtml(company)} send you?</h1>
<p class="quiet">Answers to what you write, and news of your orders, always reach you.</p>
<form method="post" action="/preferences/${token}"><fieldset><legend>You decide</legend>${choices.join("")}</fieldset>
<button type="submit">Save</button></form>`,
  );
}

/** Opened from a mail program: nothing is changed before the button is pressed. */
export function unsubscribePage({ company, token, kind }: Page & { kind: string }): string {
  const about = CHOICES.find((choice) => choice.class === kind)?.about ?? "";
  return plainPage(
    "No more of it",
    `<h1>Shall we stop?</h1><p>${escapeHtml(company)} will not send you any more: ${escapeHtml(about.toLowerCase())}. Answers to what you write, and news of your orders, still reach you.</p>
<form method="post" action="/preferences/${token}/unsubscribe/${kind}"><button type="submit">Send me no more</button></form>
<p><a href="/preferences/${token}">All that you may be sent</a></p>`,
  );
}

export function savedPage({ company, token }: Page): string {
  return plainPage(
    "Saved",
    `<h1>Saved.</h1><p class="quiet">${escapeHtml(company)} will keep to it from now on.</p><a href="/preferences/${token}">Look again</a>`,
  );
}
