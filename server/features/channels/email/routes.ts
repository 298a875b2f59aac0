import { Type } from "typebox";
import { requireActor } from "../../access/index.ts";
import { reading } from "../../../platform/db/index.ts";
import { notFound } from "../../../platform/errors.ts";
import { openFile } from "../../../platform/files/index.ts";
import { decodeIdCursor, IdParams, ListOf, page, PageQuery, type RoomApp } from "../../../platform/http/index.ts";
import { parseId } from "../../../platform/ids.ts";
import { addAccount, removeAccount } from "./accounts.ts";
import { addAddress } from "./add-address.ts";
import { listDeliveries } from "./delivery-queries.ts";
import { countOutcomes, findEntry, listEntries } from "./ledger-queries.ts";
import { listAccounts, listAddresses } from "./queries.ts";
import { removeAddress } from "./remove-address.ts";
import { retryEntry } from "./retry-entry.ts";
import {
  AccountBody,
  accountView,
  AccountView,
  AddressBody,
  addressView,
  AddressView,
  DeliveryQuery,
  deliveryView,
  DeliveryView,
  LedgerQuery,
  LedgerTotals,
  ledgerView,
  LedgerView,
  totalsOf,
} from "./schemas.ts";
import { sendKept } from "./send-kept.ts";

export function routes(app: RoomApp): void {
  addresses(app);
  accounts(app);
  ledger(app);
  deliveries(app);
}

function addresses(app: RoomApp): void {
  app.get(
    "/mail/addresses",
    {
      config: { permission: "mail:read" },
      schema: {
        operationId: "listMailAddresses",
        summary: "Our own mail addresses",
        tags: ["mail"],
        response: { 200: ListOf(AddressView) },
      },
    },
    async (request) => ({ items: (await listAddresses(reading(requireActor(request)))).map(addressView), nextCursor: null }),
  );

  app.post(
    "/mail/addresses",
    {
      config: { permission: "mail:write" },
      schema: {
        operationId: "addMailAddress",
        summary: "Take mail for an address",
        tags: ["mail"],
        body: AddressBody,
        response: { 201: AddressView },
      },
    },
    async (request, reply) => reply.code(201).send(addressView(await addAddress(requireActor(request), request.body))),
  );

  app.delete(
    "/mail/addresses/:id",
    {
      config: { permission: "mail:write" },
      schema: {
        operationId: "removeMailAddress",
        summary: "Take no more mail for an address; what came to it stays",
        tags: ["mail"],
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await removeAddress(requireActor(request), parseId("mad", request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function accounts(app: RoomApp): void {
  app.get(
    "/mail/accounts",
    {
      config: { permission: "mail:read" },
      schema: {
        operationId: "listMailAccounts",
        summary: "Mailboxes that are followed, and how that goes",
        tags: ["mail"],
        response: { 200: ListOf(AccountView) },
      },
    },
    async (request) => ({ items: (await listAccounts(reading(requireActor(request)))).map(accountView), nextCursor: null }),
  );

  app.post(
    "/mail/accounts",
    {
      config: { permission: "mail:write" },
      schema: {
        operationId: "addMailAccount",
        summary: "Follow a mailbox over IMAP",
        tags: ["mail"],
        body: AccountBody,
        response: { 201: AccountView },
      },
    },
    async (request, reply) => reply.code(201).send(accountView(await addAccount(requireActor(request), request.body))),
  );

  app.delete(
    "/mail/accounts/:id",
    {
      config: { permission: "mail:write" },
      schema: {
        operationId: "removeMailAccount",
        summary: "Stop following a mailbox; what came from it stays",
        tags: ["mail"],
        params: IdParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await removeAccount(requireActor(request), parseId("mac", request.params.id));
      return reply.code(204).send(null);
    },
  );
}

function ledger(app: RoomApp): void {
  app.get(
    "/mail/ledger",
    {
      config: { permission: "mail:read" },
      schema: {
        operationId: "listMailLedger",
        summary: "Every message that arrived, and what became of it",
        tags: ["mail"],
        querystring: Type.Object({ ...PageQuery, ...LedgerQuery }),
        response: { 200: Type.Object({ ...ListOf(LedgerView).properties, totals: LedgerTotals }) },
      },
    },
    async (request) => {
      const scope = reading(requireActor(request));
      const { cursor, limit = 50, outcome = null } = request.query;
      const [found, counts] = await Promise.all([
        listEntries(scope, { outcome, before: decodeIdCursor(cursor), limit: limit + 1 }),
        countOutcomes(scope),
      ]);
      const { rows, nextCursor } = page(found, limit, (row) => [row.id]);
      return { items: rows.map(ledgerView), nextCursor, totals: totalsOf(counts) };
    },
  );

  app.get(
    "/mail/ledger/:id/raw",
    {
      config: { permission: "mail:read" },
      schema: { operationId: "getRawMail", summary: "The message as it arrived, byte for byte", tags: ["mail"], params: IdParams },
    },
    async (request, reply) => {
      const id = parseId("mal", request.params.id);
      const entry = await findEntry(reading(requireActor(request)), id);
      if (entry === undefined) throw notFound("ledger entry");
      return reply
        .header("content-type", "application/octet-stream")
        .header("content-disposition", `attachment; filename="${request.params.id}.eml"`)
        .header("x-content-type-options", "nosniff")
        .header("content-security-policy", "default-src 'none'; sandbox")
        .send(openFile(entry.digest));
    },
  );

  app.post(
    "/mail/ledger/:id/retry",
    {
      config: { permission: "mail:write" },
      schema: {
        operationId: "retryMail",
        summary: "Read a message again that was set aside",
        tags: ["mail"],
        params: IdParams,
        response: { 202: LedgerView },
      },
    },
    async (request, reply) => reply.code(202).send(ledgerView(await retryEntry(requireActor(request), parseId("mal", request.params.id)))),
  );
}

function deliveries(app: RoomApp): void {
  app.get(
    "/mail/deliveries",
    {
      config: { permission: "mail:read" },
      schema: {
        operationId: "listMailDeliveries",
        summary: "What went out, and how it got on",
        tags: ["mail"],
        querystring: Type.Object({ ...PageQuery, ...DeliveryQuery }),
        response: { 200: ListOf(DeliveryView) },
      },
    },
    async (request) => {
      const { cursor, limit = 50, state = null } = request.query;
      const found = await listDeliveries(reading(requireActor(request)), { state, before: decodeIdCursor(cursor), limit: limit + 1 });
      const { rows, nextCursor } = page(found, limit, (row) => [row.id]);
      return { items: rows.map(deliveryView), nextCursor };
    },
  );

  app.post(
    "/mail/deliveries/kept/sending",
    {
      config: { permission: "mail:write" },
      schema: {
        operationId: "sendKeptMail",
        summary: "Send what was kept while no mail server was set",
        tags: ["mail"],
        response: { 202: Type.Object({ queued: Type.Integer() }) },
      },
    },
    async (request, reply) => reply.code(202).send(await sendKept(requireActor(request))),
  );
}
