import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Fails with what axe finds on the page in the light. A menu hangs outside the landmarks, beside its button, as the pattern has it. */
export async function sound(page: Page, what: string, { menu = false } = {}): Promise<void> {
  await look(page, "light");
  const axe = (await builder(page)).withTags(rules);
  told(what, await (menu ? axe.disableRules(["region"]) : axe).analyze());
}

/** The same, and then what colours can change also in the dark. */
export async function soundInBothThemes(page: Page, what: string, options: { menu?: boolean } = {}): Promise<void> {
  await sound(page, what, options);
  await look(page, "dark");
  told(`${what}, dark`, await (await builder(page)).withRules(["color-contrast", "link-in-text-block"]).analyze());
}

/** What is right need not be told element by element; and a page without frames that has been looked at has axe already. */
async function builder(page: Page): Promise<AxeBuilder> {
  const hasAxe = page.frames().length === 1 && (await page.evaluate<boolean>("typeof axe === 'object'"));
  const given = hasAxe ? { page, axeSource: ";" } : { page };
  return new AxeBuilder(given).setLegacyMode().options({ resultTypes: ["violations"] });
}

/** Colours fade for 90 ms even where motion is reduced away; two frames then show them as they stay. */
async function look(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.waitForTimeout(120);
}

function told(what: string, { violations }: Awaited<ReturnType<AxeBuilder["analyze"]>>): void {
  const found = violations.map(({ id, help, nodes }) => {
    const where = nodes.slice(0, 4).map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`);
    return `${id}: ${help}\n   ${where.join("\n   ")}`;
  });
  assert.equal(found.join("\n"), "", `${what}:\n${found.join("\n")}`);
}
