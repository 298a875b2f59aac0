import { escapeHtml } from "../../platform/http/index.ts";

export interface AskFacts {
  company: string;
  name: string | null;
  subject: string;
  token: string;
  publicUrl: string;
}

export interface AskLetter {
  subject: string;
  text: string;
  html: string;
  unsubscribeUrl: string;
}

/** From worst to best, so that a number never stands alone. */
export const RATINGS = ["Very poor", "Poor", "So-so", "Good", "Very good"] as const;

/** The mail that asks: five answers to click, and the way out. */
export function askLetter({ company, name, subject, token, publicUrl }: AskFacts): AskLetter {
  const greeting = name ? `Hello ${name.split(" ")[0]},` : "Hello,";
  const about = subject ? `your question “${subject}”` : "your question";
  const question = `how did we do with ${about}?`;
  const links = RATINGS.map((label, index) => ({
    label: `${index + 1}, ${label.toLowerCase()}`,
    url: `${publicUrl}/rate/${token}/${index + 1}`,
  }));
  const unsubscribeUrl = `${publicUrl}/rate/${token}/stop`;
  const way = "Your click opens a page where you can add a word and send your answer. You can change it for a week.";
  return {
    subject: `How did we do, ${company} asks`,
    text: [
      greeting,
      question,
      ...links.map(({ label, url }) => `${label}: ${url}`),
      way,
      company,
      `You get this because you wrote to us. Not again, please: ${unsubscribeUrl}`,
    ].join("\n\n"),
    html: [
      `<p>${escapeHtml(greeting)}</p><p>${escapeHtml(question)}</p>`,
      ...links.map(({ label, url }) => `<p><a href="${url}">${escapeHtml(label)}</a></p>`),
      `<p>${way}</p><p>${escapeHtml(company)}</p>`,
      `<p><small>You get this because you wrote to us. <a href="${unsubscribeUrl}">Do not ask me again</a>.</small></p>`,
    ].join("\n"),
    unsubscribeUrl,
  };
}
