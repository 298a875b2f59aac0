import { audit, authorize, systemActor, type Actor } from "../access/index.ts";
import { doWaitingMerges, findCustomer, partFromOthers, requireCustomer, type Customer } from "../customers/index.ts";
import { betweenDigests } from "../interactions/index.ts";
import { ordersOf } from "../orders/index.ts";
import { transaction, type Tx } from "../../platform/db/index.ts";
import { removeFile } from "../../platform/files/index.ts";
import { publicId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/jobs/index.ts";
import { allHolders, everyIdentityOf, knownPerson } from "./holders.ts";
import { hashOf, hashOfCustomer, writeLine, type Line } from "./ledger.ts";
import { insertErasure, insertInvoices } from "./queries.ts";

/** Ten years from the end of the year: the longest that tax law commonly asks for. */
const INVOICE_YEARS = 10;

export interface Erased {
  erasedAt: Date;
  /** How much was blanked or deleted, by room. */
  counts: Record<string, number>;
  /** Invoices that the law makes us keep, apart from everything else. */
  keptInvoices: number;
}

/**
 * Erases all that is known of a person, in every room, the log and the files, for good (GDPR, article 17). Counts stay.
 * @throws Problem 404 when there is no such customer
 */
export async function erasePerson(actor: Actor, customerId: number): Promise<Erased> {
  authorize(actor, "privacy:write");
  while (await doWaitingMerges(actor.workspaceId));
  return transaction(actor, async (tx) => {
    await betweenDigests(tx);
    const customer = await requireCustomer(tx, customerId);
    const identities = await everyIdentityOf(tx, customer);
    const { id } = await writeLine({
      workspaceId: tx.workspaceId,
      hashes: [
        ...identities.map((each) => hashOf(tx.workspaceId, each)),
        ...customer.members.map((member) => hashOfCustomer(tx.workspaceId, member)),
      ],
      erasedAt: tx.now.toISOString(),
    });
    return eraseWithin(tx, actor, customer, id);
  });
}

/** Does an erasure of the ledger again, after a restore. Others for whom they were taken when the copy was made are parted from them first. */
export async function eraseAgain(customerId: number, line: Line): Promise<void> {
  const { workspaceId } = line;
  await transaction({ workspaceId }, async (tx) => {
    await betweenDigests(tx);
    const before = await findCustomer(tx, customerId);
    const own = before?.members.filter((member) => line.hashes.includes(hashOfCustomer(workspaceId, member))) ?? [];
    if (own.length > 0) await partFromOthers(tx, systemActor(workspaceId), own);
    const customer = await findCustomer(tx, customerId);
    if (customer) await eraseWithin(tx, systemActor(workspaceId), customer, line.id);
  });
}

async function eraseWithin(tx: Tx, actor: Actor, customer: Customer, lineId: string): Promise<Erased> {
  const person = await knownPerson(tx, customer);
  const hashes = person.identities.map((each) => hashOf(tx.workspaceId, each));
  const keptInvoices = await keepInvoices(tx, customer);
  const counts: Record<string, number> = {};
  const files: string[] = [];
  for (const { name, personalData } of allHolders()) {
    const erased = await personalData.erase(tx, person);
    counts[name] = erased.count;
    files.push(...erased.files);
  }
  await insertErasure(tx, { id: lineId, customerId: customer.id, hashes, counts });
  await audit(tx, actor, { action: "privacy.erase", subject: publicId("cus", customer.id), after: { counts, keptInvoices } });
  if (files.length > 0) await enqueue(tx, "privacy.remove-files", { digests: files });
  return { erasedAt: tx.now, counts, keptInvoices };
}

async function keepInvoices(tx: Tx, customer: Customer): Promise<number> {
  const orders = await ordersOf(tx, customer.id, { before: null, limit: 10_000 });
  const keepUntil = new Date(Date.UTC(tx.now.getUTCFullYear() + INVOICE_YEARS, 11, 31));
  const invoices = orders.map(({ id, number, items, total, currency, placedAt }) => ({
    orderId: id,
    content: { name: customer.name, number, items, total, currency, placedAt: placedAt.toISOString() },
  }));
  await insertInvoices(tx, invoices, keepUntil);
  return invoices.length;
}

/** After the commit: a file that a crash leaves is removed by the job again. */
export async function removeFiles(digests: readonly string[]): Promise<void> {
  for (const digest of digests) await removeFile(digest);
}
