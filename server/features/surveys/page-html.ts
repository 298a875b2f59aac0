import { RATINGS } from "./ask-letter.ts";
import { escapeHtml, plainPage } from "../../platform/http/index.ts";

export function ratingPage({
  company,
  token,
  rating,
  comment,
}: {
  company: string;
  token: string;
  rating: number;
  comment: string;
}): string {
  const choices = RATINGS.map((label, index) => {
    const value = index + 1;
    return `<label class="choice"><input type="radio" name="rating" value="${value}"${value === rating ? " checked" : ""} required> ${value}, ${label.toLowerCase()}</label>`;
  }).join("\n");
  return plainPage(
    `How did ${company} do?`,
    `<h1>How did we do?</h1>
<form method="post" action="/rate/${token}">
<fieldset><legend>Your rating of ${escapeHtml(company)}</legend>${choices}</fieldset>
<label for="comment">Would you like to say why? <span class="quiet">You need not.</span></label>
<textarea id="comment" name="comment" maxlength="5000">${escapeHtml(comment)}</textarea>
<button type="submit">Send my rating</button>
</form>`,
  );
}

export function thanksPage({ company, token, rating }: { company: string; token: string; rating: number }): string {
  return plainPage(
    "Thank you",
    `<h1>Thank you.</h1><p>Your rating has reached ${escapeHtml(company)}: ${rating} of 5.</p><p><a href="/rate/${token}/${rating}">Change it</a> <span class="quiet">within a week</span></p>`,
  );
}

export function stopPage({ company, token }: { company: string; token: string }): string {
  return plainPage(
    "No more questions",
    `<h1>Shall we stop asking?</h1><p>${escapeHtml(company)} will not ask you again how it was. Answers to what you write will still reach you.</p>
<form method="post" action="/rate/${token}/stop"><button type="submit">Do not ask me again</button></form>`,
  );
}

export function stoppedPage({ company }: { company: string }): string {
  return plainPage("Done", `<h1>Done.</h1><p>${escapeHtml(company)} will not ask you again.</p>`);
}
