import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { visibleReply } from "./visible-reply.ts";

const words = "The box is still not here.\n\nWhen will it come?";

function visibleIn(text: string): string {
  return visibleReply({ text, html: null }).visible;
}

function visibleInHtml(html: string): string {
  return visibleReply({ text: null, html }).visible;
}

const QUOTES: Record<string, string> = {
  English: "On Mon, 4 May 2026 at 09:12, Ada Lund <help@glaze.example> wrote:\n> We are sorry.",
  "English, wrapped": "On Mon, 4 May 2026 at 09:12, Ada Lund <\nhelp@glaze.example> wrote:\n\n> We are sorry.",
  German: "Am 04.05.2026 um 09:12 schrieb Ada Lund <help@glaze.example>:\n> Es tut uns leid.",
  French: "Le lun. 4 mai 2026 à 09:12, Ada Lund <help@glaze.example> a écrit :\n> Nous sommes désolés.",
  Spanish: "El lun, 4 may 2026 a las 9:12, Ada Lund (<help@glaze.example>) escribió:\n> Lo sentimos.",
  Italian: "Il giorno lun 4 mag 2026 alle ore 09:12 Ada Lund <help@glaze.example> ha scritto:\n> Ci dispiace.",
  Dutch: "Op ma 4 mei 2026 om 09:12 schreef Ada Lund <help@glaze.example>:\n> Het spijt ons.",
  Polish: "pon., 4 maj 2026 o 09:12 Ada Lund <help@glaze.example> napisał(a):\n> Przepraszamy.",
  Czech: "po 4. 5. 2026 v 9:12 odesílatel Ada Lund <help@glaze.example> napsal:\n> Omlouváme se.",
  Russian: "пн, 4 мая 2026 г. в 09:12, Ada Lund <help@glaze.example>:\n> Извините.",
  Swedish: "Den mån 4 maj 2026 kl 09:12 skrev Ada Lund <help@glaze.example>:\n> Förlåt.",
  Turkish: "Ada Lund <help@glaze.example>, 4 May 2026 Pzt, 09:12 tarihinde şunu yazdı:\n> Özür dileriz.",
  Japanese: "2026年5月4日(月) 9:12 Ada Lund <help@glaze.example>:\n> 申し訳ありません。",
  Chinese: "Ada Lund <help@glaze.example> 于2026年5月4日周一 09:12写道：\n> 抱歉。",
  Korean: "2026년 5월 4일 (월) 오전 9:12, Ada Lund <help@glaze.example>님이 작성:\n> 죄송합니다.",
  "English Outlook": "From: Ada Lund <help@glaze.example>\nSent: Monday, 4 May 2026 09:12\nTo: Maria\nSubject: Your box\n\nWe are sorry.",
  "German Outlook": "Von: Ada Lund\nGesendet: Montag, 4. Mai 2026 09:12\nAn: Maria\nBetreff: Ihre Box\n\nEs tut uns leid.",
  "Finnish Outlook": "Lähettäjä: Ada Lund\nLähetetty: maanantai 4. toukokuuta 2026 9.12\nVastaanottaja: Maria\nAihe: Laatikko\n\nAnteeksi.",
  "a banner": "-----Ursprüngliche Nachricht-----\nVon: Ada\n\nEs tut uns leid.",
  "a rule and a block":
    "________________________________\nDe : Ada Lund <help@glaze.example>\nEnvoyé : lundi 4 mai 2026\nObjet : RE\n\nDésolés.",
  "a phone": "Sent from my Fairphone\n\nWe are sorry.",
  "a phone in Spanish": "Enviado desde mi iPhone\n\n> El 4 may 2026, Ada escribió:\n> Lo sentimos.",
  "bare marks": "> We are sorry.\n> Ada",
};

for (const [name, quote] of Object.entries(QUOTES)) {
  test(`what Maria quotes is put away: ${name}`, () => assert.equal(visibleIn(`${words}\n\n${quote}\n`), words));
}

const SIGNATURES: Record<string, string> = {
  "after two dashes": "-- \nMaria Krüger\n+49 30 1234",
  "after a closing": "Mit freundlichen Grüßen\nMaria Krüger",
  "after another closing": "Kind regards,\n\nMaria",
  "of a list": "__\nthe doughnut list\nhttp://list.example/doughnuts",
  "of a phone": "Gesendet mit der Mail-App",
};

for (const [name, signature] of Object.entries(SIGNATURES)) {
  test(`a signature is put away, and kept beside: ${name}`, () => {
    const reply = visibleReply({ text: `${words}\n\n${signature}`, html: null });
    assert.equal(reply.visible, words);
    assert.equal(reply.withSignature.replace(/\s+/g, " "), `${words}\n\n${signature}`.replace(/\s+/g, " "));
  });
}

test("sentences that look like marks stay", () => {
  const sentences = [
    "On Monday I wrote to you.\nOn the other hand, it is late.",
    "From: Berlin\nTo: Bonn\nDate: 3 May",
    "Sent from my desk, which is easier.",
    "I write with regards to order 17.\nBest regards to Ada from all of us, she was kind!",
    "These came:\n----\n- one box\n- two boxes\n----\nThe third did not.",
    "Thanks!\n\nMaria",
  ];
  for (const sentence of sentences) assert.equal(visibleIn(sentence), sentence);
});

test("Maria answers below the quote, or between its lines", () => {
  assert.equal(visibleIn("On 4 May 2026 Ada wrote:\n> Which order is it?\n\nOrder 17."), "Order 17.");
  const between = "On 4 May 2026 Ada wrote:\n> Which order?\n\n17.\n\n> Which street?\n\nHill Road.";
  assert.equal(visibleIn(between), "> Which order?\n\n17.\n\n> Which street?\n\nHill Road.");
});

test("a mail of nothing but a quote is shown, not left empty", () => {
  assert.match(visibleIn("---------- Forwarded message ---------\nFrom: Bo <bo@x.example>\nSubject: Box\n\nPlease help."), /Please help/);
});

test("HTML mail is separated by what programs mark, and by the same words", () => {
  assert.equal(
    visibleInHtml("<div>Not here.</div><div class=gmail_quote>On 4 May Ada wrote:<blockquote>Sorry</blockquote></div>"),
    "Not here.",
  );
  assert.equal(
    visibleInHtml(
      "<p>Not here.</p><hr><p><b>From:</b> Ada &lt;help@glaze.example&gt;<br><b>Sent:</b> Monday<br><b>Subject:</b> Box</p><p>Sorry</p>",
    ),
    "Not here.",
  );
  assert.equal(visibleInHtml("<p>Not&nbsp;here 🍩</p><div class=moz-signature>Maria</div>"), "Not here 🍩");
  assert.equal(visibleInHtml("<style>p{}</style><p style='display:none'>preview</p><ul><li>one<li>two</ul>"), "- one\n- two");
});

test("no line is ever lost", () => {
  const line = fc.constantFrom(
    "> quoted",
    "-- ",
    "--",
    "On 4 May 2026 Ada <a@b.example> wrote:",
    "From: a@b.example",
    "Subject: x",
    "Sent from my iPhone",
    "words",
    "",
    "___",
    "Regards,",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
      const whole = lines.join("\n").replace(/\r\n?/g, "\n");
      const reply = visibleReply({ text: whole, html: null });
      if (whole.trim() === "") return;
      assert.equal(reply.parts.map((part) => part.text).join("\n"), whole);
      assert.notEqual(reply.visible, "");
    }),
  );
});
